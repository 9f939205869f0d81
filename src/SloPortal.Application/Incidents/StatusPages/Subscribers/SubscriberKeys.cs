using Microsoft.AspNetCore.DataProtection;
using SloPortal.Application.Common;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>The secrets of the links by which subscribers read status pages.</summary>
public sealed class SubscriberKeys(IDataProtectionProvider provider) : ProtectedText(provider, "SloPortal.StatusSubscribers");
