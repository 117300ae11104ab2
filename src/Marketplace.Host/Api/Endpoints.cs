using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Json;
using Marketplace.Host.Components;
using Marketplace.Host.Exports;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Host.Api;

/// <summary>An endpoint is one line: which request, at which address. Route parameters are members of the request.</summary>
public static class Endpoints
{
    /// <summary>POST: the body is the request, except for the members in the route. Answers <see cref="Accepted"/> or a problem.</summary>
    public static void MapCommand<TRequest>(this IEndpointRouteBuilder routes, string pattern) where TRequest : class, ICommandRequest =>
        Describe<TRequest>(routes.MapPost(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = await RequestReader.FromBody<TRequest>(http);
            return problem is not null ? http.Answer(problem) : await Answer(http, door, request!);
        }))
        .Accepts<TRequest>("application/json")
        .Produces<Accepted>();

    /// <summary>GET: members come from the route and the query string.</summary>
    public static void MapQuery<TRequest, TView>(this IEndpointRouteBuilder routes, string pattern) where TRequest : class, IQuery<TView> where TView : notnull =>
        routes.MapQuery<TRequest, TView, TView>(pattern, view => view);

    /// <summary>GET of a view that is told in other words than the door has for it.</summary>
    public static void MapQuery<TRequest, TView, TTold>(this IEndpointRouteBuilder routes, string pattern, Func<TView, TTold> tell)
        where TRequest : class, IQuery<TView> where TTold : notnull =>
        Describe<TRequest>(routes.MapGet(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = RequestReader.FromQuery<TRequest>(http);
            return problem is not null ? http.Answer(problem) : await Answer(http, door, request!, tell);
        }))
        .Produces<TTold>();

    /// <summary>POST of a question whose members do not fit into an address: nothing changes, however often it is asked.</summary>
    public static void MapQuestion<TRequest, TView>(this IEndpointRouteBuilder routes, string pattern) where TRequest : class, IQuery<TView> =>
        Describe<TRequest>(routes.MapPost(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = await RequestReader.FromBody<TRequest>(http);
            return problem is not null ? http.Answer(problem) : await Answer<TRequest, TView, TView>(http, door, request!, view => view);
        }))
        .Accepts<TRequest>("application/json")
        .Produces<TView>();

    /// <summary>GET of a file, always to be saved: nothing in it is shown or runs in our name.</summary>
    public static void MapDownload<TRequest>(this IEndpointRouteBuilder routes, string pattern) where TRequest : class, IQuery<Download> =>
        Describe<TRequest>(routes.MapGet(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = RequestReader.FromQuery<TRequest>(http);
            if (problem is not null)
            {
                return http.Answer(problem);
            }

            var result = await door.Ask(http.Principal(), request!, http.RequestAborted);
            return result.Refusal is { } refusal
                ? http.Answer(Problem.Of(refusal))
                : Results.File(result.Value.Content, result.Value.MediaType, result.Value.Name);
        }))
        .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");

    /// <summary>POST of a file, which is the body; all other members stand in the address.</summary>
    public static void MapFileCommand<TRequest>(this IEndpointRouteBuilder routes, string pattern, TakesFile takes) where TRequest : class, ICommandRequest =>
        Describe<TRequest>(routes.MapPost(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = await RequestReader.FromFile<TRequest>(http, takes);
            return problem is not null ? http.Answer(problem) : await Answer(http, door, request!);
        }), takes)
        .Produces<Accepted>();

    /// <summary>POST of a file that is too large for memory: it is the body, and is read by the use case; all other members stand in the address.</summary>
    public static void MapUpload<TRequest>(this IEndpointRouteBuilder routes, string pattern, TakesFile takes, Func<TRequest, Stream, TRequest> with)
        where TRequest : class, ICommandRequest =>
        Describe<TRequest>(routes.MapPost(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = RequestReader.FromAddress<TRequest>(http, takes);
            return problem is not null ? http.Answer(problem) : await Answer(http, door, with(request!, http.Request.Body));
        }), takes)
        .Produces<Accepted>();

    /// <summary>POST of a file about which a question is asked: nothing changes, however often it is asked.</summary>
    public static void MapFileQuestion<TRequest, TView>(this IEndpointRouteBuilder routes, string pattern, TakesFile takes) where TRequest : class, IQuery<TView> =>
        Describe<TRequest>(routes.MapPost(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = await RequestReader.FromFile<TRequest>(http, takes);
            return problem is not null ? http.Answer(problem) : await Answer<TRequest, TView, TView>(http, door, request!, view => view);
        }), takes)
        .Produces<TView>();

    /// <summary>GET of a view that is no JSON.</summary>
    public static void MapDownload<TRequest, TView>(this IEndpointRouteBuilder routes, string pattern, string mediaType, Func<TView, IResult> tell)
        where TRequest : class, IQuery<TView> => routes.MapFile<TRequest, TView>(pattern, "", mediaType, (_, view) => tell(view));

    /// <summary>GET of a view as a file in the reader's language.</summary>
    /// <param name="format">Tells its name from that of the same view in JSON.</param>
    public static void MapFile<TRequest, TView>(this IEndpointRouteBuilder routes, string pattern, string format, string mediaType, Func<Reader, TView, IResult> tell)
        where TRequest : class, IQuery<TView> =>
        Describe<TRequest>(routes.MapGet(pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            var (request, problem) = RequestReader.FromQuery<TRequest>(http);
            if (problem is not null)
            {
                return http.Answer(problem);
            }

            var result = await door.Ask(http.Principal(), request!, http.RequestAborted);
            return result.Refusal is { } refusal ? http.Answer(Problem.Of(refusal)) : tell(Reader.OfApi(Language.IsEnglish(http.Request)), result.Value);
        }))
        .WithName(typeof(TRequest).Name + format)
        .Produces<string>(StatusCodes.Status200OK, mediaType);

    /// <summary>GET of a table of a page, as JSON page by page, or whole as a file: see <see cref="ExportedTable"/>.</summary>
    public static void MapTable<TRequest, TView, TRow>(this IEndpointRouteBuilder routes, ExportedTable<TRequest, TView, TRow> table)
        where TRequest : class, IQuery<TView> where TView : notnull =>
        Describe<TRequest>(routes.MapGet(table.Pattern, async (HttpContext http, MarketplaceDoor door) =>
        {
            if (SheetFormats.TryRead(http.Request, out var format) && format is null)
            {
                var (request, problem) = RequestReader.FromQuery<TRequest>(http);
                return problem is not null ? http.Answer(problem) : await Answer<TRequest, TView, TView>(http, door, request!, view => view);
            }

            return await File(http, door, table, format);
        }))
        .WithMetadata(new AlsoAsFile(IsOnlyFile: false))
        .Produces<TView>();

    /// <summary>GET of a table that the API tells in another way elsewhere: as a file only, CSV unless the address says otherwise.</summary>
    public static void MapTableFile<TRequest, TView, TRow>(this IEndpointRouteBuilder routes, ExportedTable<TRequest, TView, TRow> table) where TRequest : class, IQuery<TView> =>
        Describe<TRequest>(routes.MapGet(table.Pattern, (HttpContext http, MarketplaceDoor door) =>
            File(http, door, table, SheetFormats.TryRead(http.Request, out var format) ? format ?? SheetFormat.Csv : null)))
        .WithName($"{typeof(TRequest).Name}-{table.Name}")
        .WithMetadata(new AlsoAsFile(IsOnlyFile: true))
        .Produces<string>(StatusCodes.Status200OK, SheetFormats.MediaTypeOf(SheetFormat.Csv));

    /// <param name="format">Null: none that there is.</param>
    private static async Task<IResult> File<TRequest, TView, TRow>(HttpContext http, MarketplaceDoor door, ExportedTable<TRequest, TView, TRow> table, SheetFormat? format)
        where TRequest : class, IQuery<TView>
    {
        if (format is not { } known)
        {
            return http.Answer(Problem.Malformed("value-malformed", "文件格式须为 csv 或 xlsx。", "The format of a file is csv or xlsx.", ExportedTable.FormatKey));
        }

        if (ExportedTable.Paging.FirstOrDefault(http.Request.Query.ContainsKey) is { } page)
        {
            return http.Answer(RequestReader.Unknown(page)); // a file has all pages
        }

        var (request, problem) = RequestReader.FromQuery<TRequest>(http, beside: ExportedTable.FormatKey);
        if (problem is not null)
        {
            return http.Answer(problem);
        }

        var reader = Reader.OfApi(Language.IsEnglish(http.Request));
        var sheet = await table.Open(door, http.Principal(), reader, request!, http.RequestAborted);
        return sheet.Refusal is { } refusal ? http.Answer(Problem.Of(refusal)) : new SheetDelivery(known, table.Name, reader.T(table.Title), sheet.Value);
    }

    private static async Task<IResult> Answer(HttpContext http, MarketplaceDoor door, ICommandRequest request) =>
        await door.Send(http.Principal(), request, http.RequestAborted) switch
        {
            Accepted accepted => Results.Json(accepted, CanonicalJson.Options),
            Refused refused => http.Answer(Problem.Of(refused.Refusal)),
            var other => throw new InvalidOperationException($"Unknown answer {other}"),
        };

    private static async Task<IResult> Answer<TRequest, TView, TTold>(HttpContext http, MarketplaceDoor door, TRequest request, Func<TView, TTold> tell)
        where TRequest : class, IQuery<TView>
    {
        var result = await door.Ask(http.Principal(), request, http.RequestAborted);
        return result.Refusal is { } refusal ? http.Answer(Problem.Of(refusal)) : Results.Json(tell(result.Value), CanonicalJson.Options);
    }

    private static RouteHandlerBuilder Describe<TRequest>(RouteHandlerBuilder endpoint, TakesFile takes) => Describe<TRequest>(endpoint)
        .WithMetadata(takes)
        .WithMetadata(new RequestSizeLimitAttribute(takes.MaxBytes))
        .Accepts<Stream>(takes.MediaTypes[0], [.. takes.MediaTypes.Skip(1)]);

    /// <summary>Who may not ask is told so before anything of what they sent is read. The door asks again.</summary>
    private static RouteHandlerBuilder Describe<TRequest>(RouteHandlerBuilder endpoint)
    {
        var mayAsk = MayAskAttribute.Of(typeof(TRequest));
        return endpoint
            .AddEndpointFilter(async (call, next) => mayAsk.Check(call.HttpContext.Principal()) is { } refusal ? call.HttpContext.Answer(Problem.Of(refusal)) : await next(call))
            .WithName(typeof(TRequest).Name)
            .WithTags(typeof(TRequest).Namespace!.Split('.')[^1])
            .WithMetadata(new RequestOf(typeof(TRequest)))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}

/// <summary>The body of an endpoint is a file.</summary>
/// <param name="Member">Of the request, which takes it.</param>
/// <param name="MaxBytes">More is refused before it is read.</param>
public sealed record TakesFile(string Member, int MaxBytes, IReadOnlyList<string> MediaTypes);

/// <summary>The endpoint hands out CSV and XLSX by <c>?format=</c>.</summary>
public sealed record AlsoAsFile(bool IsOnlyFile);

/// <summary>Which request record an endpoint takes, for the API's description.</summary>
public sealed record RequestOf(Type Request);
