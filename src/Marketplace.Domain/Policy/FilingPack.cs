using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Policy;

/// <summary>What the filing with the platform (备案) and the registration of technology contracts (技术合同认定登记) ask for, of one agreement.</summary>
/// <param name="ContractNumber">Our id of the agreement, which the contract's text names.</param>
/// <param name="TermsVersion">Of the newest proposal: once signed, the one that was signed.</param>
/// <param name="DocumentHash">Of what was signed, SHA-256; null before both accepted the same terms.</param>
/// <param name="Missing">What an office would send the pack back for.</param>
public sealed record FilingPack(
    AgreementId Agreement,
    BilingualText ContractName,
    string ContractNumber,
    TechnologyContractKind Kind,
    LicenceKind Licence,
    FilingParty Seller,
    FilingParty Buyer,
    FilingResult Result,
    DateOnly? EffectiveOn,
    int TermsVersion,
    string? DocumentHash,
    FilingAmounts Amounts,
    PaymentMode PaymentMode,
    string FieldOfUse,
    string Territory,
    int TrialMonths,
    int CommercialMonths,
    DateOnly? LicenceEndsOn,
    FilingDeadline Deadline,
    IReadOnlyList<MissingItem> Missing)
{
    /// <param name="hasText">The contract can be written out from its template.</param>
    /// <param name="today">Local day on which somebody looks: whether the deadline has passed depends on it.</param>
    public static FilingPack Of(
        Agreement agreement, ResultContent result, OrganisationState lab, OrganisationState company, bool hasText, DateOnly today)
    {
        var terms = agreement.Terms;
        var kind = terms.Licence == LicenceKind.Assignment ? TechnologyContractKind.Transfer : TechnologyContractKind.Licence;
        var kindName = FilingWords.Of(kind);
        return new FilingPack(
            agreement.Id,
            new($"{result.Title.Zh}{kindName.Zh}合同（先使用后付费）", $"{kindName.En} contract, use first and pay later: {result.Title.En}"),
            agreement.Id.Value,
            kind,
            terms.Licence,
            new FilingParty(agreement.Lab, lab.Name, lab.Uscc?.Value),
            new FilingParty(agreement.Company, company.Name, company.Uscc?.Value),
            new FilingResult(agreement.Result, result.Title, result.Field, result.Industry, result.RegionCode, result.Rights),
            agreement.EffectiveOn,
            agreement.Newest.Version,
            agreement.DocumentHash,
            FilingAmounts.Of(agreement),
            ModeOf(terms),
            terms.FieldOfUse,
            terms.Territory,
            terms.TrialMonths,
            terms.CommercialMonths,
            agreement.LicenceEndsOn,
            FilingDeadline.Of(agreement, today),
            [.. MissingOf(agreement, result, hasText)]);
    }

    private static PaymentMode ModeOf(AgreementTerms terms)
    {
        var sums = terms.Payments.Sum(p => p switch
        {
            Instalments instalments => instalments.Parts.Count,
            DeferredLumpSum or EntryFee or Milestone or ConditionalSum or EquityConversion => 1,
            _ => 0,
        });
        return (terms.Payments.Any(p => p.OwesOnReports && p is not Milestone), sums) switch
        {
            (true, 0) => PaymentMode.Royalty,
            (true, _) => PaymentMode.RoyaltyWithEntryFee,
            (false, <= 1) => PaymentMode.LumpSum,
            (false, _) => PaymentMode.Instalments,
        };
    }

    private static IEnumerable<MissingItem> MissingOf(Agreement agreement, ResultContent result, bool hasText)
    {
        if (agreement.DocumentHash is null)
        {
            yield return new("documentHash", new("双方尚未接受同一版条款", "the parties have not accepted the same terms"));
        }

        if (agreement.EffectiveOn is null)
        {
            yield return new("effectiveOn", new("双方尚未全部签署", "not all parties have signed"));
        }

        if (!hasText)
        {
            yield return new("contractText", new("条款未取自合同模板，须另附合同文本", "the terms are of no template: attach the text of the contract"));
        }

        for (var i = 0; i < result.Rights.Count; i++)
        {
            if (result.Rights[i] is { Number: null, Kind: not RightKind.KnowHow } right)
            {
                var name = IntellectualProperty.NameOf(right.Kind);
                yield return new($"result.rights[{i}].number", new($"{name.Zh}缺少申请号或登记号", $"{name.En} without its application or registration number"));
            }
        }

        if (agreement.Terms.Currency != Currency.Cny)
        {
            yield return new("amounts.contractSum", new(
                $"合同币种为 {agreement.Terms.Currency.Code}，登记须折合人民币", $"the contract is in {agreement.Terms.Currency.Code}, and is registered in yuan"));
        }
    }
}

/// <summary>Kinds of technology contracts that a licence of a result can be.</summary>
public enum TechnologyContractKind
{
    /// <summary>技术转让.</summary>
    Transfer,

    /// <summary>技术许可.</summary>
    Licence,
}

public enum PaymentMode
{
    /// <summary>一次总付.</summary>
    LumpSum,

    /// <summary>分期支付.</summary>
    Instalments,

    /// <summary>提成支付.</summary>
    Royalty,

    /// <summary>提成附加入门费: a royalty beside any sum that the contract names.</summary>
    RoyaltyWithEntryFee,
}

/// <param name="Uscc">Unified social credit code.</param>
public sealed record FilingParty(OrganisationId Organisation, BilingualText Name, string? Uscc);

public sealed record FilingResult(
    LabResultId Result, BilingualText Title, TechnologyField Field, IndustryCode Industry, string RegionCode, IReadOnlyList<IntellectualProperty> Rights);

/// <param name="Field">Path of what is missing, in the pack.</param>
public sealed record MissingItem(string Field, BilingualText What);

/// <param name="DueOn">The 15th working day after effect; null before.</param>
public sealed record FilingDeadline(DateOnly? DueOn, FilingStatus Status, DateOnly? FiledOn, string? FilingNumber)
{
    internal static FilingDeadline Of(Agreement agreement, DateOnly today)
    {
        var status = agreement switch
        {
            { FilingDueOn: null } => FilingStatus.NotSigned,
            { Filing: { } filing, FilingDueOn: var dueOn } => filing.On <= dueOn ? FilingStatus.Filed : FilingStatus.FiledLate,
            { FilingDueOn: var dueOn } => today <= dueOn ? FilingStatus.Open : FilingStatus.Missed,
        };
        return new FilingDeadline(agreement.FilingDueOn, status, agreement.Filing?.On, agreement.Filing?.Number);
    }
}

public enum FilingStatus
{
    NotSigned,
    Open,
    Filed,
    FiledLate,
    Missed,
}
