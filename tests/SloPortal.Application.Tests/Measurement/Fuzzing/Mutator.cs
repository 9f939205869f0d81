namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>Damages inputs in the ways in which networks, bugs and attackers do. The same seed gives the same inputs.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] Bombs =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
        [0xFF, 0xFF, 0xFF, 0x07], [0x7F], [0x00], [0xFF], [0x0B], [0xC3, 0x28], [.. "9999999999999999999"u8], [.. "1e309"u8], [.. "\\ud800"u8], [.. "[[[[[[[["u8], [.. "\"\""u8], [.. "-"u8],
    ];

    private readonly Random _random = new(seed);

    /// <summary>One of the examples, with one fault, or in every fourth input with up to four.</summary>
    public byte[] Next(IReadOnlyList<byte[]> examples)
    {
        var bytes = examples[_random.Next(examples.Count)];
        for (var faults = _random.Next(4) == 0 ? _random.Next(1, 5) : 1; faults > 0; faults--)
        {
            bytes = Damage(bytes, examples);
        }

        return bytes;
    }

    /// <summary>Whether the coin shows heads.</summary>
    public bool Coin() => _random.Next(2) == 0;

    private byte[] Damage(byte[] bytes, IReadOnlyList<byte[]> examples)
    {
        var at = _random.Next(bytes.Length + 1);
        switch (_random.Next(8))
        {
            case 0 when bytes.Length > 0:
                bytes = [.. bytes];
                bytes[at % bytes.Length] ^= (byte)(1 << _random.Next(8));
                return bytes;
            case 1 when bytes.Length > 0:
                bytes = [.. bytes];
                bytes[at % bytes.Length] = (byte)_random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                return bytes[at..];
            case 4:
                var other = examples[_random.Next(examples.Count)];
                return [.. bytes[..at], .. other[_random.Next(other.Length + 1)..]];
            case 5:
                return [.. bytes[..at], .. Bombs[_random.Next(Bombs.Length)], .. bytes[at..]];
            case 6:
                var bomb = Bombs[_random.Next(Bombs.Length)];
                return [.. bytes[..at], .. bomb, .. bytes[Math.Min(bytes.Length, at + bomb.Length)..]];
            default:
                // A part again, so that what may be there once is there twice.
                var end = at + _random.Next(Math.Min(64, bytes.Length - at) + 1);
                return [.. bytes[..end], .. bytes[at..]];
        }
    }
}
