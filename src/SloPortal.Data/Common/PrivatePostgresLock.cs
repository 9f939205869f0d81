namespace SloPortal.Data.Common;

/// <summary>
/// Locks between the portals that share a data folder. They are locks of the operating system on an open file, so that they end
/// with the process however it ends.
/// </summary>
internal static class PrivatePostgresLock
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    /// <summary>EAGAIN, which says that the file is locked, on Linux and on macOS.</summary>
    private static readonly int[] Locked = [11, 35];

    /// <summary>Makes the file, which may exist and may be locked.</summary>
    public static void Create(string path)
    {
        try
        {
            using var created = Shared(path);
        }
        catch (IOException e) when (Locked.Contains(e.HResult))
        {
            // Another portal made it and holds it.
        }
    }

    /// <summary>Waits until nobody else holds the file.</summary>
    public static async Task<FileStream> ExclusiveAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            if (TryExclusive(path) is { } held)
            {
                return held;
            }

            await Task.Delay(Retry, ct);
        }
    }

    /// <summary>Holds the file alone, or answers null when another holds it.</summary>
    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (Locked.Contains(e.HResult))
        {
            return null;
        }
    }

    /// <summary>Holds the file together with others. Call it under an exclusive lock of another file, or it may be refused.</summary>
    public static FileStream Shared(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
}
