using Marketplace.Domain;

namespace Marketplace.Host.Api;

/// <summary>What is wrong with a request, for programs (code, field) and for people (a sentence in their language).</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Field">Path of the input member at fault, camelCase, or null.</param>
/// <param name="Rows">What is wrong in single cells of a table that was sent; null when none was.</param>
public sealed record Problem(int Status, string Code, string Zh, string En, string? Field = null, IReadOnlyList<RowFault>? Rows = null)
{
    public static readonly Problem Internal = new(
        StatusCodes.Status500InternalServerError, "internal-error", "服务器内部错误，已记录。", "An error inside the server; it was recorded.");

    public static readonly Problem OutcomeUnknown = new(
        StatusCodes.Status503ServiceUnavailable, "outcome-unknown",
        "暂时无法确认结果，请稍后用同一命令编号重新发送。", "The outcome is unknown for now; send the request again with the same command id.");

    /// <summary>The same outage, said to somebody who only looked.</summary>
    public static readonly Problem Unavailable = new(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "服务暂时不可用，请稍后刷新。", "The service does not answer just now; reload in a moment.");

    /// <summary>The one place where a refusal becomes an HTTP status.</summary>
    public static Problem Of(Refusal refusal) => new(
        refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.State => StatusCodes.Status409Conflict,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.Anonymous => StatusCodes.Status401Unauthorized,
        },
        refusal.Code, refusal.Zh, refusal.En, refusal.Field, refusal.Rows);

    /// <summary>400: not the JSON that was asked for.</summary>
    public static Problem Malformed(string code, string zh, string en, string? field = null) =>
        new(StatusCodes.Status400BadRequest, code, zh, en, field);

    /// <summary>What the server itself answers before any endpoint does.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(Refusal.NotFound()),
        StatusCodes.Status405MethodNotAllowed => new(status, "method-not-allowed", "该地址不支持此方法。", "This address does not take that method."),
        StatusCodes.Status413PayloadTooLarge => new(status, "body-too-large", "请求内容过大。", "The request body is too large."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "media-type", "请求内容须为 application/json。", "The body must be application/json."),
        StatusCodes.Status429TooManyRequests => new(status, "too-many-requests", "请求过于频繁，请一分钟后再试。", "Too many requests: try again in a minute."),
        StatusCodes.Status500InternalServerError => Internal,
        _ => new(status, $"status-{status}", "请求未被接受。", "The request was not accepted."),
    };
}
