using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.Application.Banking;
using Marketplace.Application.Disclosures;
using Marketplace.Application.Door;
using Marketplace.Host.Api;

namespace Marketplace.Host.Seeds;

/// <summary>One step of the demo data: somebody sends a request, as they would over REST.</summary>
/// <param name="Key">Of the entry in the seed files that it belongs to.</param>
/// <param name="CommandId">Derived from key and step: the same in every replay.</param>
/// <param name="Type">An <see cref="ICommandRequest"/>.</param>
/// <param name="Body">The request's members, without the command id.</param>
/// <param name="File">Of an upload; null for every other request.</param>
public sealed record SeedStep(DateTimeOffset AtUtc, string Key, Guid CommandId, Principal By, Type Type, JsonObject Body, byte[]? File = null)
{
    /// <summary>The request, read as strictly as a body that comes over REST.</summary>
    /// <param name="documentHash">Of the document that is signed; null for every other request.</param>
    /// <exception cref="JsonException">The seed file has something that the request has not.</exception>
    public ICommandRequest Request(string? documentHash)
    {
        var members = Body.DeepClone().AsObject();
        members["commandId"] = CommandId;
        if (documentHash is not null)
        {
            members["documentHash"] = documentHash;
        }

        var request = (ICommandRequest)members.Deserialize(Type, RequestReader.Strict)!;
        return request switch
        {
            UploadStatement upload => upload with { File = new MemoryStream(File!, writable: false) },
            AttachResultFile attach => attach with { File = new MemoryStream(File!, writable: false) },
            _ => request,
        };
    }
}
