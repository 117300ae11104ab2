using System.Text.Json.Serialization;

namespace Marketplace.Domain.Disclosures;

/// <summary>A company's confidentiality agreement about one result: there is one for both, whenever it is signed.</summary>
[JsonConverter(typeof(IdJsonConverter<ConfidentialityId>))]
public readonly record struct ConfidentialityId(string Value) : IId<ConfidentialityId>
{
    public static string Prefix => "nda_";
    public static ConfidentialityId Wrap(string value) => new(value);
    public override string ToString() => Value;

    public static ConfidentialityId Of(LabResultId result, OrganisationId company) => DerivedId.From<ConfidentialityId>("confidentiality", result.Value, company.Value);
}

/// <summary>One delivery of a file. Ids made by <see cref="At"/> stand in the order of time.</summary>
[JsonConverter(typeof(IdJsonConverter<FileAccessId>))]
public readonly record struct FileAccessId(string Value) : IId<FileAccessId>
{
    public static string Prefix => "acc_";
    public static FileAccessId Wrap(string value) => new(value);
    public override string ToString() => Value;

    /// <summary>A new one, of the command that records it.</summary>
    public static (FileAccessId Access, Guid CommandId) At(DateTimeOffset nowUtc)
    {
        var command = Guid.CreateVersion7(nowUtc);
        return (Id.CreatedBy<FileAccessId>(command), command);
    }
}
