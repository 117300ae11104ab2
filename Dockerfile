# Build: docker build -t marketplace .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Project files and lock files first: the layer with the packages stays until one of them changes.
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY src/BannedSymbols.txt src/
COPY src/Marketplace.Application/*.csproj src/Marketplace.Application/packages.lock.json src/Marketplace.Application/
COPY src/Marketplace.Documents/*.csproj src/Marketplace.Documents/packages.lock.json src/Marketplace.Documents/
COPY src/Marketplace.Domain/*.csproj src/Marketplace.Domain/packages.lock.json src/Marketplace.Domain/
COPY src/Marketplace.Host/*.csproj src/Marketplace.Host/packages.lock.json src/Marketplace.Host/
COPY src/Marketplace.Journal/*.csproj src/Marketplace.Journal/packages.lock.json src/Marketplace.Journal/
COPY src/Marketplace.Payments/*.csproj src/Marketplace.Payments/packages.lock.json src/Marketplace.Payments/
COPY src/Marketplace.Search/*.csproj src/Marketplace.Search/packages.lock.json src/Marketplace.Search/
COPY src/Marketplace.Storage.Postgres/*.csproj src/Marketplace.Storage.Postgres/packages.lock.json src/Marketplace.Storage.Postgres/
COPY src/Marketplace.Storage.Sqlite/*.csproj src/Marketplace.Storage.Sqlite/packages.lock.json src/Marketplace.Storage.Sqlite/
RUN dotnet restore src/Marketplace.Host --locked-mode

COPY src/ src/
COPY seeds/ seeds/
COPY contracts-templates/ contracts-templates/
RUN dotnet publish src/Marketplace.Host --no-restore -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# ICU and time zones: Chinese collation, Asia/Shanghai. curl asks for health.
RUN apt-get update \
    && apt-get install -y --no-install-recommends "$(apt-cache pkgnames libicu | grep -E '^libicu[0-9]+$' | sort -V | tail -1)" tzdata curl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
# The embedded mode keeps its data here; on PostgreSQL only files are.
RUN mkdir data && chown "$APP_UID" data
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:5080 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 CMD curl -fsS http://127.0.0.1:5080/health/ready || exit 1
ENTRYPOINT ["dotnet", "Marketplace.Host.dll"]
