using Microsoft.AspNetCore.DataProtection;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>Encrypts Authorization values, so that no listing, log or query shows one; the keys are in the same database (decision 0010).</summary>
public sealed class SourceSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("SloPortal.Measurement.PullSource.Authorization");

    /// <summary>What is stored; null for no value.</summary>
    public string? Protect(string? authorization) => string.IsNullOrWhiteSpace(authorization) ? null : _protector.Protect(authorization.Trim());

    /// <summary>The server of a source that is pulled, ready to be asked.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that protected the value are gone.</exception>
    public PrometheusServer ServerOf(Source source) =>
        ServerOf(source.Url!, source.ProtectedAuthorization);

    /// <summary>The stored value of a source, such as the connection string of a PostgreSQL; null when the keys that protected it are gone.</summary>
    public string? Reveal(Source source)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            return source.ProtectedAuthorization is null ? null : _protector.Unprotect(source.ProtectedAuthorization);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The same, from stored columns.</summary>
    public PrometheusServer ServerOf(string url, string? protectedAuthorization) =>
        new(url, protectedAuthorization is null ? null : _protector.Unprotect(protectedAuthorization));
}
