FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# Compiled ahead of time, so that a portal that was restarted answers sooner.
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish src/SloPortal.Web -c Release -o /app --nologo --use-current-runtime --no-self-contained -p:PublishReadyToRun=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# The account without rights that the image brings. All that the portal keeps is in its database; on disk it has only a copy of its status pages, which it writes anew at every start.
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["dotnet", "sloportal.dll"]
