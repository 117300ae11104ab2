using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Marketplace.Application.Json;
using Marketplace.Domain;
using Marketplace.Host.Composition;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Marketplace.Host.Api;

/// <summary>
/// Makes a request record of an HTTP request, strictly: an unknown, doubled, missing or null member is an error that names it.
/// Members that the route names come from the address and nowhere else.
/// </summary>
internal static partial class RequestReader
{
    internal static readonly JsonSerializerOptions Strict = new(CanonicalJson.Options)
    {
        TypeInfoResolver = CanonicalJson.Options.TypeInfoResolver!.WithAddedModifier(LetNullBeLeftOut),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 32,
    };

    private const int MostDiscardedBytes = 8 << 20;

    // What may be null may be missing: nobody has to write down that their terms have no sales reports.
    private static void LetNullBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.IsRequired && p.AssociatedParameter is { IsNullable: true }))
        {
            property.IsRequired = false;
        }
    }

    private static readonly JsonDocumentOptions Document = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>From the JSON body and the route.</summary>
    public static async Task<(TRequest? Request, Problem? Problem)> FromBody<TRequest>(HttpContext http) where TRequest : class
    {
        if (!http.Request.HasJsonContentType())
        {
            return (null, Problem.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        var (body, problem) = await ReadBody(http, MarketplaceHost.MaxBodyBytes);
        if (problem is not null)
        {
            return (null, problem);
        }

        JsonObject members;
        try
        {
            if (!CanBeKept(body))
            {
                return (null, TextMalformed(null));
            }

            members = JsonNode.Parse(body, null, Document) as JsonObject ?? throw new JsonException("The body is not an object.", "$", null, null);
        }
        catch (JsonException malformed)
        {
            return (null, ProblemOf(malformed));
        }

        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (!members.TryAdd(name, ValueOf<TRequest>(name, (string)value!)))
            {
                return (null, Unknown(name));
            }
        }

        return Bind<TRequest>(members);
    }

    /// <summary>From the route and the query string.</summary>
    /// <param name="beside">A parameter that is about the answer, and no member.</param>
    public static (TRequest? Request, Problem? Problem) FromQuery<TRequest>(HttpContext http, string? beside = null) where TRequest : class
    {
        var (members, problem) = Address<TRequest>(http, beside: beside);
        return problem is null ? Bind<TRequest>(members) : (null, problem);
    }

    /// <summary>
    /// From a file, which is the body, from the route, and from the query string, where a dot leads into a member: <c>affirmation.name=…</c>.
    /// </summary>
    public static async Task<(TRequest? Request, Problem? Problem)> FromFile<TRequest>(HttpContext http, TakesFile takes) where TRequest : class
    {
        if (OfMediaType(http, takes) is { } unfit)
        {
            return (null, unfit);
        }

        var (members, wrong) = Address<TRequest>(http, takes.Member);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var (file, problem) = await ReadBody(http, takes.MaxBytes);
        if (problem is not null)
        {
            return (null, problem);
        }

        members.Add(takes.Member, Convert.ToBase64String(file));
        return Bind<TRequest>(members);
    }

    /// <summary>From the route and the query string alone: the file, which is the body, is read later.</summary>
    public static (TRequest? Request, Problem? Problem) FromAddress<TRequest>(HttpContext http, TakesFile takes) where TRequest : class
    {
        if (OfMediaType(http, takes) is { } unfit)
        {
            return (null, unfit);
        }

        if (http.Request.ContentLength > takes.MaxBytes)
        {
            return (null, Problem.OfStatus(StatusCodes.Status413PayloadTooLarge));
        }

        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = takes.MaxBytes + MostDiscardedBytes;
        var (members, wrong) = Address<TRequest>(http, takes.Member);
        return wrong is null ? Bind<TRequest>(members) : (null, wrong);
    }

    private static Problem? OfMediaType(HttpContext http, TakesFile takes)
    {
        var allowed = string.Join(", ", takes.MediaTypes);
        return MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && takes.MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            ? null
            : new Problem(StatusCodes.Status415UnsupportedMediaType, "media-type", $"请求内容须为文件：{allowed}。", $"The body must be a file: {allowed}.");
    }

    /// <summary>What the route and the query string say. <c>lang</c> belongs to the reader and to no request.</summary>
    /// <param name="elsewhere">A member that comes from elsewhere, and must not be here.</param>
    /// <param name="beside">A parameter that is passed over.</param>
    private static (JsonObject Members, Problem? Problem) Address<TRequest>(HttpContext http, string? elsewhere = null, string? beside = null)
    {
        var members = new JsonObject();
        foreach (var (name, value) in http.Request.RouteValues)
        {
            members.Add(name, ValueOf<TRequest>(name, (string)value!));
        }

        foreach (var (name, value) in http.Request.Query.Where(q => q.Key != "lang" && q.Key != beside))
        {
            if (value.ToString().Contains('\0'))
            {
                return (members, TextMalformed(name));
            }

            // Only a list may be there more than once.
            var isList = ListElement(TypeOf<TRequest>(name)) is not null;
            if (name == elsewhere || !(isList ? members.TryAdd(name, ListOf<TRequest>(name, value)) : value.Count == 1 && TryAdd<TRequest>(members, name, value.ToString())))
            {
                return (members, Unknown(name));
            }
        }

        return (members, null);
    }

    /// <summary>
    /// Whether all texts are Unicode (the parser looks at one only when somebody asks for it, and then throws something else) without a NUL,
    /// which PostgreSQL cannot store.
    /// </summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    private static bool CanBeKept(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                && !(reader.ValueIsEscaped ? Unescaped(ref reader)?.Contains('\0') == false : Utf8.IsValid(reader.ValueSpan)))
            {
                return false;
            }
        }

        return true;
    }

    private static Problem TextMalformed(string? member) => Problem.Malformed(
        "text-malformed", "文本中有不是 Unicode 的字符或空字符。", "A text has characters that are not Unicode, or a NUL.", member);

    private static string? Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static bool TryAdd<TRequest>(JsonObject members, string path, string text)
    {
        var (inner, names) = (members, path.Split('.'));
        if (names.Length > Document.MaxDepth)
        {
            return false;
        }

        foreach (var name in names[..^1])
        {
            inner.TryAdd(name, new JsonObject());
            if (inner[name] is not JsonObject deeper)
            {
                return false;
            }

            inner = deeper;
        }

        return inner.TryAdd(names[^1], ValueOf<TRequest>(path, text));
    }

    /// <summary>
    /// The body, or why it is not taken. One that is a little too large is read to its end all the same: whoever is still sending would find a
    /// broken connection in place of the answer.
    /// </summary>
    private static async Task<(byte[] Body, Problem? Problem)> ReadBody(HttpContext http, int maxBytes)
    {
        var tooLarge = Problem.OfStatus(StatusCodes.Status413PayloadTooLarge);
        if (http.Request.ContentLength > maxBytes && (http.Request.ContentLength > maxBytes + MostDiscardedBytes || http.Request.Headers.Expect.Count > 0))
        {
            return ([], tooLarge);
        }

        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = maxBytes + MostDiscardedBytes;
        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        var isTooLarge = false;
        try
        {
            for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;)
            {
                isTooLarge |= body.Length + read > maxBytes;
                if (!isTooLarge)
                {
                    body.Write(buffer, 0, read);
                }
            }
        }
        catch (BadHttpRequestException bad)
        {
            return ([], Problem.OfStatus(bad.StatusCode)); // far too large, or cut off in the middle
        }

        return isTooLarge ? ([], tooLarge) : (body.ToArray(), null);
    }

    private static (TRequest? Request, Problem? Problem) Bind<TRequest>(JsonObject members) where TRequest : class
    {
        try
        {
            return (members.Deserialize<TRequest>(Strict), null);
        }
        catch (JsonException malformed)
        {
            return (null, ProblemOf(malformed));
        }
    }

    // An address is text only; a text that is no number goes on as text and is refused as such.
    private static JsonNode ValueOf<TRequest>(string name, string text) => ValueOf(TypeOf<TRequest>(name), text);

    private static JsonArray ListOf<TRequest>(string name, StringValues values)
    {
        var element = ListElement(TypeOf<TRequest>(name));
        return new JsonArray([.. values.Select(value => ValueOf(element, value ?? ""))]);
    }

    /// <summary>Of what a member is a list; null of any other.</summary>
    internal static Type? ListElement(Type? type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static Type? TypeOf<TRequest>(string name)
    {
        Type? type = typeof(TRequest);
        foreach (var member in name.Split('.'))
        {
            type = type?.GetProperty(member, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
            type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        }

        return type;
    }

    private static JsonNode ValueOf(Type? type, string text) =>
        (type == typeof(int) || type == typeof(long)) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : type == typeof(bool) && bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : JsonValue.Create(text);

    /// <summary>System.Text.Json says which member is at fault partly in the path and partly in words; tests hold both.</summary>
    private static Problem ProblemOf(JsonException malformed)
    {
        var path = malformed.Path is { } p ? p.TrimStart('$').TrimStart('.') : "";
        if (malformed is RefusedJsonException { Refusal: var refusal })
        {
            return Problem.Of(refusal with { Field = path });
        }

        if (MissingMember().Match(malformed.Message) is { Success: true } missing)
        {
            var field = path.Length > 0 ? $"{path}.{missing.Groups[1].Value}" : missing.Groups[1].Value;
            return Problem.Malformed("member-missing", $"缺少“{field}”。", $"\"{field}\" is missing.", field);
        }

        if (UnknownMember().Match(malformed.Message) is { Success: true } unknown)
        {
            return Unknown(path.Length > 0 ? path : unknown.Groups[1].Value);
        }

        return path.Length > 0
            ? Problem.Malformed("value-malformed", $"“{path}”的值格式不正确。", $"The value of \"{path}\" is malformed.", path)
            : Problem.Malformed("json-malformed", "请求内容不是正确的 JSON 对象。", "The body is not a JSON object.");
    }

    internal static Problem Unknown(string field) =>
        Problem.Malformed("member-unknown", $"不认识或重复的字段“{field}”。", $"\"{field}\" is unknown here, or there twice.", field);

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex MissingMember();

    [GeneratedRegex("^(?:The JSON property|Duplicate property) '([^']+)'")]
    private static partial Regex UnknownMember();
}
