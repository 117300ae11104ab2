using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Marketplace.Application.Files;
using Marketplace.Domain;

namespace Marketplace.Documents.Files;

/// <summary>
/// Files in a bucket of an object store that speaks S3, each under its hash: <c>ab/ab12…</c>. What comes is received into a temporary file of this host
/// first, as limits and type have to be known before anything is sent; what goes out is fetched and compared before its first byte is handed on. Hosts
/// that share the bucket share its files.
/// </summary>
public sealed class S3FileStore : IFileStore, IDisposable
{
    private const int Attempts = 4; // of reading an answer that breaks off; the client tries again by itself where none comes
    private const int BufferBytes = 64 * 1024;

    private readonly AmazonS3Client client;
    private readonly string bucket;

    public S3FileStore(S3Settings settings)
    {
        bucket = settings.Bucket;
        client = new AmazonS3Client(new BasicAWSCredentials(settings.Key, settings.Secret), new AmazonS3Config
        {
            ServiceURL = settings.Endpoint.ToString(),
            AuthenticationRegion = settings.Region,
            ForcePathStyle = true, // what every store understands
            MaxErrorRetry = Attempts,
            RetryMode = RequestRetryMode.Standard,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, // the hash is the name, and is compared by us
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public async Task<Result<KeptFile>> Put(Stream content, FileLimits limits, CancellationToken cancel = default)
    {
        await using var received = Temporary();
        var written = await ReceivedFile.Write(content, received, limits, cancel);
        if (written.IsRefused)
        {
            return written;
        }

        // What stands there has the same hash, or is damaged: then the new one takes its place.
        var sha256 = written.Value.Sha256;
        if (!await PutWhole(sha256, received, onlyIfNew: true, cancel) && await Look(sha256, cancel) != FileCondition.Sound)
        {
            await PutWhole(sha256, received, onlyIfNew: false, cancel);
        }

        return written;
    }

    public async Task<Stream?> Open(string sha256, CancellationToken cancel = default) => (await Fetch(sha256, cancel)).Content;

    public async Task<FileCondition> Look(string sha256, CancellationToken cancel = default)
    {
        var (content, condition) = await Fetch(sha256, cancel);
        if (content is not null)
        {
            await content.DisposeAsync();
        }

        return condition;
    }

    public Task Remove(string sha256, CancellationToken cancel = default) =>
        client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = PlaceOf(sha256) }, cancel); // of what is not there, too

    public void Dispose() => client.Dispose();

    /// <summary>False: something stands there already.</summary>
    private async Task<bool> PutWhole(string sha256, FileStream received, bool onlyIfNew, CancellationToken cancel)
    {
        received.Position = 0;
        var request = new PutObjectRequest
        {
            BucketName = bucket, Key = PlaceOf(sha256), InputStream = received, AutoCloseStream = false, AutoResetStreamPosition = true, UseChunkEncoding = false,
            ContentType = "application/octet-stream", IfNoneMatch = onlyIfNew ? "*" : null,
        };
        try
        {
            await client.PutObjectAsync(request, cancel);
            return true;
        }
        catch (AmazonS3Exception stands) when (onlyIfNew && stands.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    /// <summary>The file from its first byte, compared with its hash; null unless it is sound.</summary>
    private async Task<(Stream? Content, FileCondition Condition)> Fetch(string sha256, CancellationToken cancel)
    {
        var place = PlaceOf(sha256);
        for (var attempt = 1; ; attempt++)
        {
            var file = Temporary();
            var isHandedOut = false;
            try
            {
                using var answer = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = place }, cancel);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var buffer = new byte[BufferBytes];
                for (var read = await answer.ResponseStream.ReadAsync(buffer, cancel); read > 0; read = await answer.ResponseStream.ReadAsync(buffer, cancel))
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }

                if (file.Length < answer.ContentLength)
                {
                    throw new HttpIOException(HttpRequestError.ResponseEnded, $"{place} broke off after {file.Length} of {answer.ContentLength} bytes.");
                }

                if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
                {
                    return (null, FileCondition.Altered);
                }

                file.Position = 0;
                isHandedOut = true;
                return (file, FileCondition.Sound);
            }
            catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
            {
                return (null, FileCondition.Missing);
            }
            catch (Exception broken) when (attempt < Attempts && broken is IOException or HttpRequestException)
            {
                // Broken off on the way: asked for again from its first byte.
            }
            finally
            {
                if (!isHandedOut)
                {
                    await file.DisposeAsync();
                }
            }
        }
    }

    private static FileStream Temporary() => new(
        Path.Combine(Path.GetTempPath(), $"marketplace-file-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes,
        FileOptions.Asynchronous | FileOptions.DeleteOnClose);

    /// <exception cref="ArgumentException">No hash: a key is never made of anything else.</exception>
    private static string PlaceOf(string sha256) => Sha256Hex.IsOne(sha256)
        ? $"{sha256[..2]}/{sha256}"
        : throw new ArgumentException("Files are asked for by their SHA-256.", nameof(sha256));
}

/// <summary>How an object store is reached. Its text form shows no secret.</summary>
/// <param name="Endpoint">http only on the loopback interface, since the secret signs but does not hide.</param>
public sealed record S3Settings(Uri Endpoint, string Bucket, string Region, string Key, string Secret)
{
    public override string ToString() => $"S3 ({Endpoint.Host}, bucket {Bucket})";
}
