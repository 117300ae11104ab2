using System.Net;
using System.Text.RegularExpressions;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>A browser without a window: keeps cookies, and sends forms as they stand on the page.</summary>
public sealed partial class Surfer(RunningHost host)
{
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Set-Cookie headers as they came, the newest last.</summary>
    public List<string> CookieHeaders { get; } = [];

    public string? SessionSecret => Cookies.GetValueOrDefault("marketplace-session");

    public Task<Reply> Get(string path) => Pass(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens a page, fills in a form that stands on it, and sends it.</summary>
    public async Task<Reply> Send(string page, string form, params (string Name, string Value)[] fields) =>
        await SendFrom(await Get(page), page, form, fields);

    /// <summary>Sends a form of a page that was opened before.</summary>
    public Task<Reply> SendFrom(Reply opened, string page, string form, params (string Name, string Value)[] fields)
    {
        var html = Forms().Matches(opened.Text).Select(m => m.Value).FirstOrDefault(f => f.Contains($"name=\"_handler\" value=\"{form}\"") || f.Contains($"action=\"{form}\""))
            ?? throw new InvalidOperationException($"{page} has no form {form}: {opened.Status} {opened.Text}");
        var sent = Hidden().Matches(html).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Where(h => fields.All(f => f.Name != h.Key)).Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        var address = WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value);
        return Pass(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(sent) });
    }

    public async Task<Reply> Pass(HttpRequestMessage request)
    {
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36");
        var reply = await host.Send(request);

        // Pages name this very site in full when they lead on; whatever leads elsewhere stays as it is.
        if (reply.Headers.Location is { IsAbsoluteUri: true } onward && onward.Scheme == request.RequestUri!.Scheme && onward.Authority == request.RequestUri.Authority)
        {
            reply.Headers.Location = new Uri(onward.PathAndQuery, UriKind.Relative);
        }

        foreach (var cookie in reply.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            CookieHeaders.Add(cookie);
            var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var n, var v] ? (n, v) : throw new InvalidOperationException(cookie);
            if (value.Length == 0 || cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }

        return reply;
    }

    /// <summary>Whom the site takes this browser for.</summary>
    public async Task<string> Who() => (await Get("/api/v1/test/person")).Text.Trim('"');

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex Action();
}
