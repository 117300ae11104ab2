using System.Text.Json.Serialization;

namespace Marketplace.Domain.Teams;

[JsonConverter(typeof(IdJsonConverter<InvitationId>))]
public readonly record struct InvitationId(string Value) : IId<InvitationId>
{
    public static string Prefix => "inv_";
    public static InvitationId Wrap(string value) => new(value);
    public override string ToString() => Value;
}
