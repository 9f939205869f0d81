using MudBlazor;

namespace SloPortal.Web.Shared;

/// <summary>
/// The stylesheet's tokens for MudBlazor's own parts (autocomplete, pickers, dialogs). <c>wwwroot/css/tokens.css</c> is the
/// original; change both together.
/// </summary>
public static class PortalTheme
{
    private static readonly string[] SystemFont =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = Palette(new PaletteLight(), new Colours(
            Background: "#F7F7F5", Surface: "#FFFFFF", Sunken: "#EFEFEC", Line: "#DEDFDC", LineStrong: "#8B8F96",
            Text: "#1B1D21", Muted: "#565C66", OnFill: "#FFFFFF",
            Primary: "#3446B8", Good: "#0B7265", Warn: "#9A4B00", Bad: "#B3241B", Info: "#1F5FBF")),
        PaletteDark = Palette(new PaletteDark(), new Colours(
            Background: "#111316", Surface: "#191C20", Sunken: "#23272C", Line: "#30353B", LineStrong: "#6B737D",
            Text: "#E8EAED", Muted: "#A3AAB4", OnFill: "#111316",
            Primary: "#9DB0FF", Good: "#4FD1BE", Warn: "#F5B759", Bad: "#FF8A7A", Info: "#7DB5FF")),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "232px", AppbarHeight = "48px" },
        Typography = new Typography
        {
            Default = Sized(new DefaultTypography(), "0.875rem", "400"),
            Body1 = Sized(new Body1Typography(), "0.875rem", "400"),
            Body2 = Sized(new Body2Typography(), "0.8125rem", "400"),
            Subtitle1 = Sized(new Subtitle1Typography(), "0.875rem", "600"),
            Subtitle2 = Sized(new Subtitle2Typography(), "0.8125rem", "600"),
            Button = Sized(new ButtonTypography(), "0.8125rem", "600"),
            Caption = Sized(new CaptionTypography(), "0.8125rem", "400"),
            H5 = Sized(new H5Typography(), "1.375rem", "600"),
            H6 = Sized(new H6Typography(), "1rem", "600"),
        },
    };

    private static T Sized<T>(T type, string size, string weight)
        where T : BaseTypography
    {
        type.FontFamily = SystemFont;
        type.FontSize = size;
        type.FontWeight = weight;
        type.LetterSpacing = "normal";
        type.TextTransform = "none";
        return type;
    }

    private static T Palette<T>(T palette, Colours c)
        where T : Palette
    {
        palette.Background = c.Background;
        palette.BackgroundGray = c.Sunken;
        palette.Surface = palette.DrawerBackground = palette.AppbarBackground = c.Surface;
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = c.Line;
        palette.LinesInputs = c.LineStrong;
        palette.TextPrimary = palette.DrawerText = palette.AppbarText = c.Text;
        palette.TextSecondary = palette.ActionDefault = palette.DrawerIcon = palette.TextDisabled = palette.ActionDisabled = c.Muted;
        palette.ActionDisabledBackground = palette.TableHover = palette.TableStriped = palette.Skeleton = c.Sunken;
        palette.Primary = palette.Secondary = palette.Tertiary = c.Primary;
        palette.Success = c.Good;
        palette.Warning = c.Warn;
        palette.Error = c.Bad;
        palette.Info = c.Info;
        palette.Dark = c.Text;
        palette.PrimaryContrastText = palette.SecondaryContrastText = palette.TertiaryContrastText = c.OnFill;
        palette.SuccessContrastText = palette.WarningContrastText = palette.ErrorContrastText = c.OnFill;
        palette.InfoContrastText = palette.DarkContrastText = c.OnFill;
        return palette;
    }

    private sealed record Colours(
        string Background, string Surface, string Sunken, string Line, string LineStrong, string Text, string Muted, string OnFill,
        string Primary, string Good, string Warn, string Bad, string Info);
}
