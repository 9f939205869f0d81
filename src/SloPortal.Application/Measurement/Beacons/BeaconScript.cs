using System.Globalization;
using System.Text.Json;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Measurement.Beacons;

/// <summary>
/// What a page loads. It stores nothing in the browser and tells no address: the group of the page is found there, by the patterns that the
/// script carries. Who asks not to be tracked is not counted.
/// </summary>
public static class BeaconScript
{
    /// <summary>The script, groups included, stays below this. Bytes.</summary>
    public const int MostBytes = 3 * 1024;

    private const string Text =
        """
        (function(r,g){var n=navigator,d=document,w=window,s=d.currentScript;
        if(!s||!n.sendBeacon||n.globalPrivacyControl||n.doNotTrack==="1"||w.doNotTrack==="1"||Math.random()>=r)return;
        var u=s.src.replace(/\.js([?#].*)?$/,""),e=0,f=0,told=0,p="other",i;
        for(i=0;i<g.length;i++)if(new RegExp(g[i][0]).test(location.pathname)){p=g[i][1];break}
        function tell(){if(told&&!e&&!f)return;
        var m={group:p,view:!told,errors:Math.min(e,1000),failed:Math.min(f,1000)},t=w.performance&&performance.getEntriesByType&&performance.getEntriesByType("navigation")[0];
        if(!told&&t){if(t.responseStart>0)m.firstByteMs=Math.round(t.responseStart);if(t.loadEventEnd>0)m.loadMs=Math.round(t.loadEventEnd)}
        told=1;e=f=0;n.sendBeacon(u,new Blob([JSON.stringify(m)],{type:"text/plain"}))}
        w.addEventListener("error",function(){e++});
        w.addEventListener("unhandledrejection",function(){e++});
        if(w.fetch){var o=w.fetch;w.fetch=function(){return o.apply(this,arguments).then(function(a){if(a.status>499)f++;return a},function(x){if(!x||x.name!=="AbortError")f++;throw x})}}
        d.addEventListener("visibilitychange",function(){if(d.visibilityState==="hidden")tell()});
        w.addEventListener("pagehide",tell);
        w.addEventListener("load",function(){setTimeout(tell,30000)});
        })(
        """;

    public static string Of(Beacon beacon)
    {
        ArgumentNullException.ThrowIfNull(beacon);
        var groups = JsonSerializer.Serialize(beacon.Groups.Select(g => new[] { g.Expression(), g.Name }));
        return string.Create(CultureInfo.InvariantCulture, $"{Text}{beacon.SampleRate},{groups});\n");
    }
}
