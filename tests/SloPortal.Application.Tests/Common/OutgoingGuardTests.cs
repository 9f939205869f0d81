using System.Net;
using SloPortal.Application.Common;

namespace SloPortal.Application.Tests.Common;

public sealed class OutgoingGuardTests
{
    private static readonly OutgoingRules PublicOnly = new(false, []);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.168.1.1")]
    [InlineData("168.63.129.16")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Allowed_PrivateAddress_IsRefused(string address) =>
        Assert.Throws<AddressRefusedException>(() => OutgoingGuard.Allowed(PublicOnly, "shop", [IPAddress.Parse(address)]));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void Allowed_PublicAddress_IsTaken(string address) => Assert.Single(OutgoingGuard.Allowed(PublicOnly, "shop", [IPAddress.Parse(address)]));

    [Fact]
    public void Allowed_BothKinds_OnlyThePublicOnesAreLeft() =>
        Assert.Equal([IPAddress.Parse("8.8.8.8")], OutgoingGuard.Allowed(PublicOnly, "shop", [IPAddress.Loopback, IPAddress.Parse("8.8.8.8"), IPAddress.IPv6Loopback]));

    [Theory]
    [InlineData("10.2.3.4", true)]
    [InlineData("::ffff:10.2.3.4", true)]
    [InlineData("10.3.0.1", false)]
    public void Allowed_NetworkByName_ReachesNoFurther(string address, bool isAllowed)
    {
        var rules = PublicOnly with { AllowedNetworks = [IPNetwork.Parse("10.2.0.0/16")] };

        if (isAllowed)
            Assert.Single(OutgoingGuard.Allowed(rules, "shop", [IPAddress.Parse(address)]));
        else
            Assert.Throws<AddressRefusedException>(() => OutgoingGuard.Allowed(rules, "shop", [IPAddress.Parse(address)]));
    }

    [Fact]
    public void Allowed_HostByName_HoldsForNoOther()
    {
        var rules = PublicOnly with { AllowedHosts = ["shop.internal"] };

        Assert.Single(OutgoingGuard.Allowed(rules, "Shop.Internal", [IPAddress.Loopback]));
        Assert.Throws<AddressRefusedException>(() => OutgoingGuard.Allowed(rules, "other.internal", [IPAddress.Loopback]));
    }
}
