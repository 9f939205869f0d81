namespace SloPortal.Web.Common;

/// <summary>The largest bodies that are read, in bytes.</summary>
internal static class RequestLimits
{
    /// <summary>Everything that does not say otherwise.</summary>
    public const long Usual = 1 << 20;

    /// <summary>For endpoints that take a text. It is more than a text may have, so that one that is too long gets the reason and not just a status.</summary>
    public const long Text = 16 << 20;

    /// <summary>For endpoints that store samples; put it on them as metadata.</summary>
    public const long Ingest = 32 << 20;

    /// <summary>For endpoints that take signals: ten thousand alerts of one notification, with room.</summary>
    public const long Signals = 32 << 20;

    /// <summary>For files of postmortems, as JSON or as they are chosen in the browser.</summary>
    public const long Import = 32 << 20;

    /// <summary>For files of rows; more than one may have, so that one that is too large gets the reason and not just a status.</summary>
    public const long File = 52 << 20;

    /// <summary>Of one message from a live page: the list of chosen files is one.</summary>
    public const long PageMessage = 512 << 10;
}
