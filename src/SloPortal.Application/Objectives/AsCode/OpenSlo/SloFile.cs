using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Application.Objectives.AsCode.Sloth;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>Reads a file of OpenSLO objects, v1 or v2alpha, or a Sloth spec, into the set.</summary>
internal static class SloFile
{
    public static void Read(CodeSource file, SloSet set, Findings findings)
    {
        try
        {
            var roots = CodeFile.Read(file.Text);
            var objects = roots.SelectMany(r => r is CodeList list ? list.Items : [r]).Where(o => o is not CodeText { IsNull: true }).ToList();
            if (objects.Count == 0)
                findings.Refuse(file.Name, 1, "The file holds no object.");
            foreach (var node in objects)
            {
                if (node is CodeMap map && map.Find("version") is CodeText { Value: SlothSpec.Version })
                    SlothSpecReader.Read(map, file.Name, findings)?.AddTo(set, file.Name);
                else
                    ReadObject(node, file.Name, set, findings);
            }
        }
        catch (CodeRefusedException e)
        {
            findings.Refuse(file.Name, e.Line, e.Message);
        }
    }

    private static void ReadObject(CodeNode node, string file, SloSet set, Findings findings)
    {
        if (node is not CodeMap map)
        {
            findings.Refuse(file, node.Line, "An object with apiVersion, kind, metadata and spec is expected here.");
            return;
        }
        var fields = new FieldReader(map, map.Line, "The object", file, findings);
        if (fields.Text("apiVersion") is not { } version)
        {
            findings.Refuse(file, map.Line, "The object lacks \"apiVersion\": openslo/v1 or openslo.com/v2alpha.");
            return;
        }
        if (version is not ("openslo/v1" or "openslo.com/v2alpha"))
        {
            findings.Refuse(file, fields.LineOf("apiVersion"), $"\"{Short(version)}\" is read by no version of the importer: it reads openslo/v1, openslo.com/v2alpha and Sloth's {SlothSpec.Version}.");
            return;
        }
        var isNext = version != "openslo/v1";
        switch (fields.Text("kind"))
        {
            case "Service":
                var service = ObjectReader.Begin(fields, "Service", file, isNext, findings);
                service.Spec.NoOthers();
                set.Services.Add(new ServiceObject(service.Head));
                break;
            case "SLI":
                var sli = ObjectReader.Begin(fields, "SLI", file, isNext, findings);
                if (IndicatorReader.Read(sli.Head, sli.Spec, file, isNext, findings) is { } indicator)
                    set.Indicators.Add(indicator);
                break;
            case "SLO":
                var slo = ObjectReader.Begin(fields, "SLO", file, isNext, findings);
                if (ObjectiveReader.Read(slo.Head, slo.Spec, file, isNext, findings) is { } objective)
                    set.Objectives.Add(objective);
                break;
            case "DataSource":
                var source = ObjectReader.Begin(fields, "DataSource", file, isNext, findings);
                var type = source.Spec.Required("type");
                source.Spec.Take("connectionDetails");
                source.Spec.NoOthers();
                set.DataSources.Add(new DataSourceObject(source.Head, type));
                break;
            case "AlertPolicy" or "AlertCondition" or "AlertNotificationTarget":
                var alert = ObjectReader.Begin(fields, fields.Text("kind")!, file, isNext, findings);
                AlertReader.Read(alert.Head.Kind, alert.Spec, file, isNext, findings);
                set.Others.Add(new OtherObject(alert.Head));
                break;
            case null:
                findings.Refuse(file, map.Line, "The object lacks \"kind\".");
                break;
            case { } kind:
                findings.Refuse(file, fields.LineOf("kind"), $"\"{Short(kind)}\" is no kind of OpenSLO: DataSource, SLO, SLI, AlertPolicy, AlertCondition, AlertNotificationTarget or Service.");
                break;
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>A file to import.</summary>
/// <param name="Name">Its path, as its owner knows it.</param>
/// <param name="Text">YAML or JSON.</param>
public sealed record CodeSource(string Name, string Text)
{
    /// <summary>Of the text, as UTF-8.</summary>
    public const int MostBytes = 1 << 20;
}
