using Microsoft.AspNetCore.DataProtection;
using SloPortal.Application.Common;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>The keys with which webhooks are signed.</summary>
public sealed class TargetSecrets(IDataProtectionProvider provider) : ProtectedText(provider, "SloPortal.NotificationTargets");
