using System.Text.Json;
using CsCheck;

namespace Marketplace.Domain.Tests.Identifiers;

public sealed class IdTests
{
    [Fact]
    public void The_same_command_makes_the_same_id_and_another_command_another() => Gen.Select(Gen.Guid, Gen.Guid).Sample((one, other) =>
    {
        Assert.Equal(Id.CreatedBy<AgreementId>(one), Id.CreatedBy<AgreementId>(one));
        Assert.Equal(one == other, Id.CreatedBy<AgreementId>(one) == Id.CreatedBy<AgreementId>(other));
    });

    [Fact]
    public void An_id_is_read_back_from_its_text_and_from_JSON() => Gen.Guid.Sample(command =>
    {
        var id = Id.CreatedBy<OfferId>(command);

        Assert.True(Id.TryParse<OfferId>(id.Value, out var parsed));
        Assert.Equal(id, parsed);
        Assert.Equal(id, JsonSerializer.Deserialize<OfferId>(JsonSerializer.Serialize(id)));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("agr_")]
    [InlineData("agr_0000000000000000000000000")]
    [InlineData("agr_000000000000000000000000000")]
    [InlineData("off_00000000000000000000000000")]
    [InlineData("agr_0000000000000000000000000o")]
    [InlineData("AGR_00000000000000000000000000")]
    public void What_is_no_id_of_that_kind_is_not_read(string? text) => Assert.False(Id.TryParse<AgreementId>(text, out _));
}
