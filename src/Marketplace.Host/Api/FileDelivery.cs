using Marketplace.Application.Files;

namespace Marketplace.Host.Api;

/// <summary>
/// Hands out a file that somebody sent us: always to be saved, under a name of ours, taken for nothing but what it is, and without a right to run or to
/// load anything should a browser show it all the same. No cache between us and the reader keeps it.
/// </summary>
internal sealed class FileDelivery(OpenedFile file) : IResult
{
    public static IResult Of(OpenedFile file) => new FileDelivery(file);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-store";
        return Results.Stream(file.Content, file.MediaType, file.Name).ExecuteAsync(httpContext);
    }
}
