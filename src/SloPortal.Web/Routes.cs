namespace SloPortal.Web;

/// <summary>Every address of a page, so that areas link without knowing each other.</summary>
internal static class Routes
{
    public const string Home = "/";
    public const string SignIn = "/sign-in";
    public const string SetUp = "/set-up";

    public const string Services = "/services";
    public static string Service(string slug) => $"/services/{slug}";

    public const string Objectives = "/objectives";
    public static string Objective(string service, string slug) => $"/objectives/{service}/{slug}";
    public static string Proposal(Guid id) => $"/proposals/{id}";

    public const string Sources = "/sources";
    public static string Sli(int id) => $"/slis/{id}";
}
