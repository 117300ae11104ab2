using CsCheck;

namespace Marketplace.Domain.Tests.Identifiers;

public sealed class RemittanceReferenceTests
{
    private static readonly Gen<RemittanceReference> Any = Gen.Select(
        Gen.Guid, Gen.Int[1, 32_767], (agreement, number) => RemittanceReference.Of(Id.CreatedBy<AgreementId>(agreement), number));

    [Fact]
    public void It_says_which_agreement_and_which_sum() => Gen.Select(Gen.Guid, Gen.Int[1, 32_767]).Sample((guid, number) =>
    {
        var agreement = Id.CreatedBy<AgreementId>(guid);
        var reference = RemittanceReference.Of(agreement, number);
        Assert.Equal((RemittanceReference.CodeOf(agreement), number), (reference.PaymentCode, reference.Obligation));
        Assert.Equal(reference, RemittanceReference.Parse(reference.Value, "reference").Value);
    });

    [Theory]
    [InlineData("RF18539007547034", "remittance-reference-length")] // valid by ISO 11649, and none of ours
    [InlineData("", "remittance-reference-length")]
    [InlineData("XX00ABCDEFGHJKMN001", "remittance-reference-character")]
    [InlineData("RFA0ABCDEFGHJKMN001", "remittance-reference-character")]
    [InlineData("RF00ABCDEFGUJKMN001", "remittance-reference-character")]
    [InlineData("RF00ABCDEFGHJKMN001", "remittance-reference-check-digit")]
    public void What_is_no_reference_is_refused(string typed, string code) => Assert.Equal(code, RemittanceReference.Parse(typed, "reference").Refusal?.Code);

    [Fact]
    public void However_people_type_it_it_is_the_same() => Any.Sample(reference =>
    {
        foreach (var typed in new[]
        {
            reference.Grouped, reference.Grouped.ToLowerInvariant(), reference.Value.Replace('0', 'O').Replace('1', 'l'),
            string.Join('-', reference.Value.Chunk(5).Select(c => new string(c))), string.Concat(reference.Value.Select(c => (char)(c - '!' + '\uFF01'))),
        })
        {
            Assert.Equal(reference, RemittanceReference.Parse(typed, "reference").Value);
        }
    });

    [Fact]
    public void Every_wrong_digit_or_letter_and_every_swapped_pair_of_a_kind_is_noticed() => Any.Sample(
        reference =>
        {
            for (var i = 2; i < RemittanceReference.Length; i++)
            {
                foreach (var wrong in char.IsAsciiDigit(reference.Value[i]) ? "0123456789" : "ABCDEFGHJKMNPQRSTVWXYZ")
                {
                    if (wrong != reference.Value[i])
                    {
                        Assert.True(RemittanceReference.Parse(reference.Value[..i] + wrong + reference.Value[(i + 1)..], "reference").IsRefused);
                    }
                }

                if (i + 1 < RemittanceReference.Length && reference.Value[i] != reference.Value[i + 1]
                    && char.IsAsciiDigit(reference.Value[i]) == char.IsAsciiDigit(reference.Value[i + 1]))
                {
                    Assert.True(RemittanceReference.Parse(
                        reference.Value[..i] + reference.Value[i + 1] + reference.Value[i] + reference.Value[(i + 2)..], "reference").IsRefused);
                }
            }
        },
        iter: 200);

    [Fact]
    public void It_is_found_in_a_remark_whatever_stands_around_it() => Any.Sample(reference =>
    {
        foreach (var remark in new[] { $"许可费 {reference.Grouped} 第一期", $"/RFB/{reference.Value}/INV", $"RF{reference.Value}", $"货款{reference.Value.ToLowerInvariant()}谢谢" })
        {
            Assert.Equal([reference], RemittanceReference.FindAll(remark));
        }
    });

    [Fact]
    public void A_remark_without_one_has_none() => Gen.String.Sample(remark => Assert.NotNull(RemittanceReference.FindAll(remark)));

    [Fact]
    public void Two_in_one_remark_are_both_found() => Gen.Select(Any, Any).Where((a, b) => a != b).Sample((a, b) =>
        Assert.Equal([a, b], RemittanceReference.FindAll($"{a.Grouped}, {b.Grouped}")));
}
