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

    public static BilingualText Of(EvidenceSubject subject) => subject switch
    {
        EvidenceSubject.Delivery => new("交付", "Delivery"),
        EvidenceSubject.Trial => new("试用", "Trial"),
        EvidenceSubject.Trigger => new("付款条件", "Event that makes money fall due"),
        EvidenceSubject.Dispute => new("争议", "Dispute"),
        EvidenceSubject.Return => new("停用与销毁", "Stop of use and destruction"),
        EvidenceSubject.Sum => new("款项", "Sum"),
    };

    public static BilingualText Of(DisclosureRight right) => right switch
    {
        DisclosureRight.Confidentiality => new("保密协议", "Confidentiality agreement"),
        DisclosureRight.Agreement => new("合同", "Agreement"),
        DisclosureRight.Marketplace => new("平台管理", "Runs the marketplace"),
    };
}
