using Marketplace.Application.Files;

namespace Marketplace.Host.Api;

/// <summary>
/// Hands out a file that somebody sent us: always to be saved, under a name of ours, and kept by no cache between us and the reader. What a browser
/// may do with it stands in the headers of every answer to a program.
/// </summary>
internal sealed class FileDelivery(OpenedFile file) : IResult
{
    public static IResult Of(OpenedFile file) => new FileDelivery(file);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "private, no-store";
        return Results.Stream(file.Content, file.MediaType, file.Name).ExecuteAsync(httpContext);
    }
}
