using Microsoft.AspNetCore.DataProtection;
using SloPortal.Application.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>What GitHub signs with and GitLab sends.</summary>
public sealed class SignalSecrets(IDataProtectionProvider provider) : ProtectedText(provider, "SloPortal.SignalSources");
