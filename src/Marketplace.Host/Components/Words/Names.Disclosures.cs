using Marketplace.Domain;
using Marketplace.Domain.Disclosures;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(DisclosureTier tier) => tier switch
    {
        DisclosureTier.Public => new("公开", "Public"),
        DisclosureTier.Confidential => new("保密协议", "Confidentiality agreement"),
        DisclosureTier.Agreement => new("合同", "Agreement"),
    };

    public static BilingualText Of(DisclosureRight right) => right switch
    {
        DisclosureRight.Confidentiality => new("保密协议", "Confidentiality agreement"),
        DisclosureRight.Agreement => new("合同", "Agreement"),
        DisclosureRight.Marketplace => new("平台管理", "Runs the marketplace"),
    };
}
