using Microsoft.AspNetCore.Components.Endpoints;
using SloPortal.Application.Access;

namespace SloPortal.Web.Access;

/// <summary>On an empty portal every page leads to the set-up; afterwards the set-up leads to the sign-in.</summary>
internal static class SetUpGate
{
    public static IApplicationBuilder UseSetUpGate(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            var isSetUp = await context.RequestServices.GetRequiredService<SetUpCode>().IsSetUpAsync(context.RequestAborted);
            var wantsSetUp = context.Request.Path.Equals(Routes.SetUp, StringComparison.OrdinalIgnoreCase);
            if (isSetUp == wantsSetUp)
            {
                context.Response.Redirect(isSetUp ? Routes.SignIn : Routes.SetUp);
                return;
            }
        }
        await next(context);
    });
}
