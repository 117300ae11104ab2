using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Marketplace.Documents.Tests.Files;

/// <summary>
/// An object store on the loopback interface that speaks as much of S3 as a store of files needs, and keeps what it is given: PUT with If-None-Match,
/// GET, DELETE, path-style. It insists on a signature of version 4 and on a hash of the content, and fails as it is told to.
/// </summary>
internal sealed partial class S3Simulator : IDisposable
{
    public const string Bucket = "files";
    public const string Key = "AKIDEXAMPLE";

    /// <summary>As of a file that came in parts, which says nothing of its content.</summary>
    private const string EntityTag = "\"d41d8cd98f00b204e9800998ecf8427e-1\"";

    private readonly HttpListener listener = new();
    private readonly Task serving;

    public S3Simulator()
    {
        Endpoint = new Uri($"http://127.0.0.1:{FreePort()}");
        listener.Prefixes.Add(Endpoint.ToString());
        listener.Start();
        serving = Serve();
    }

    public Uri Endpoint { get; }

    /// <summary>By key, without the bucket.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Method and key of each request that was answered, failures included.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How many of the next requests are told to slow down.</summary>
    public int SlowDowns { get; set; }

    /// <summary>How many of the next answers to GET break off in the middle.</summary>
    public int Cuts { get; set; }

    public void Dispose()
    {
        listener.Close();
        serving.Wait(TimeSpan.FromSeconds(10));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext http;
            try
            {
                http = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await Answer(http);
        }
    }

    private async Task Answer(HttpListenerContext http)
    {
        var (request, response) = (http.Request, http.Response);
        var key = Uri.UnescapeDataString(request.Url!.AbsolutePath);
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        Asked.Enqueue($"{request.HttpMethod} {key}");
        if (!Signed().IsMatch(request.Headers["Authorization"] ?? "") || request.Headers["x-amz-content-sha256"] is not { Length: > 0 })
        {
            await Fail(response, 403, "AccessDenied");
        }
        else if (SlowDowns > 0)
        {
            SlowDowns--;
            await Fail(response, 503, "SlowDown");
        }
        else if (!key.StartsWith($"/{Bucket}/", StringComparison.Ordinal))
        {
            await Fail(response, 404, "NoSuchBucket");
        }
        else
        {
            await Answer(request, response, key[(Bucket.Length + 2)..], body.ToArray());
        }
    }

    private async Task Answer(HttpListenerRequest request, HttpListenerResponse response, string key, byte[] body)
    {
        switch (request.HttpMethod)
        {
            case "PUT" when request.Headers["If-None-Match"] == "*" && Objects.ContainsKey(key):
                await Fail(response, 412, "PreconditionFailed");
                break;
            case "PUT":
                Objects[key] = body;
                response.Headers["ETag"] = EntityTag;
                response.Close();
                break;
            case "GET" when !Objects.ContainsKey(key):
                await Fail(response, 404, "NoSuchKey");
                break;
            case "GET" when Cuts > 0:
                Cuts--;
                response.ContentLength64 = Objects[key].Length;
                await response.OutputStream.WriteAsync(Objects[key].AsMemory(0, Objects[key].Length / 2));
                await response.OutputStream.FlushAsync();
                response.Abort();
                break;
            case "GET":
                response.ContentLength64 = Objects[key].Length;
                response.Headers["ETag"] = EntityTag;
                await response.OutputStream.WriteAsync(Objects[key]);
                response.Close();
                break;
            case "DELETE":
                Objects.TryRemove(key, out _);
                response.StatusCode = 204;
                response.Close();
                break;
            default:
                await Fail(response, 405, "MethodNotAllowed");
                break;
        }
    }

    private static async Task Fail(HttpListenerResponse response, int status, string code)
    {
        response.StatusCode = status;
        response.ContentType = "application/xml";
        await response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{code}</Message></Error>"));
        response.Close();
    }

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/[a-z0-9-]+/s3/aws4_request, ?SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, ?Signature=[0-9a-f]{64}$")]
    private static partial Regex Signed();
}
