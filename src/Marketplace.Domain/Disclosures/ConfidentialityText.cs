namespace Marketplace.Domain.Disclosures;

/// <summary>Whom and what the text names.</summary>
/// <param name="LabUscc">Unified social credit code.</param>
public sealed record ConfidentialityFacts(BilingualText LabName, string LabUscc, BilingualText CompanyName, string CompanyUscc, BilingualText ResultTitle);

/// <summary>
/// The confidentiality agreement in words, in numbered versions: what was signed can be written again from its version and facts, so a version that
/// was ever offered is never changed (a test knows its hash). The Chinese text prevails. Our own words; a lawyer has to look at them before use.
/// </summary>
public static class ConfidentialityText
{
    /// <summary>The version that is offered for signature.</summary>
    public const int Current = 1;

    /// <summary>How long a signature opens files.</summary>
    public const int YearsOfAccess = 3;

    public static BilingualText Title { get; } = new("技术资料保密协议", "Confidentiality agreement on technical documents");

    /// <summary>The paragraphs, first to last, without the title.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public static IReadOnlyList<BilingualText> Paragraphs(int version, ConfidentialityFacts f) => version switch
    {
        1 =>
        [
            new($"披露方：{f.LabName.Zh}（统一社会信用代码 {f.LabUscc}）", $"Disclosing party: {f.LabName.En} (unified social credit code {f.LabUscc})"),
            new($"接收方：{f.CompanyName.Zh}（统一社会信用代码 {f.CompanyUscc}）", $"Receiving party: {f.CompanyName.En} (unified social credit code {f.CompanyUscc})"),
            new($"所涉成果：{f.ResultTitle.Zh}", $"Result concerned: {f.ResultTitle.En}"),
            new(
                "一、保密信息。披露方在本平台上标明“保密协议”级别、与上述成果有关的文件及其内容，为保密信息。接收方此前已合法知悉的、非因接收方过错而公开的、从无保密义务的第三方合法取得的，以及独立研发取得的信息除外；主张除外的一方负举证责任。",
                "1. Confidential information. Files about the result that the disclosing party marks on this marketplace as open under this agreement, and what is in them, are confidential. Excepted is what the receiving party lawfully knew before, what becomes public without its fault, what it lawfully receives from somebody who owes no secrecy, and what it develops independently; whoever relies on an exception proves it."),
            new(
                "二、用途。接收方只可为评估该成果、决定是否申请试用或协商合同而使用保密信息，不得用于生产、销售、申请知识产权、反向工程或提供给披露方的竞争者。",
                "2. Purpose. The receiving party uses confidential information only to evaluate the result, and to decide whether to apply for a trial or to negotiate an agreement: not to make or sell, not to apply for intellectual property, not for reverse engineering, not for competitors of the disclosing party."),
            new(
                "三、保管。接收方以不低于保护自身商业秘密的谨慎程度保管保密信息，只提供给确有必要知悉并负有同等保密义务的员工和顾问，并对其行为负责。",
                "3. Care. The receiving party keeps it with no less care than its own trade secrets, and shows it only to employees and advisers who need it and owe the same secrecy; it answers for them."),
            new(
                "四、记录与水印。接收方知悉：每次下载的人员、机构、时间和依据均被记录，披露方可以查看；交付的 PDF 文件逐页标有下载者信息。",
                "4. Record and marks. The receiving party knows that each download is recorded with person, organisation, time and right, that the disclosing party sees this record, and that PDF files are marked on every page with who has downloaded them."),
            new(
                $"五、期限。本协议自接收方签署之日起生效，下载权限为{YearsOfAccessZh}年；披露方可以随时说明理由终止今后的下载。保密义务自每份文件下载之日起五年内有效；构成商业秘密的，至其依法不再为商业秘密时止。权限终止不影响已产生的保密义务。",
                $"5. Term. This agreement takes effect on the day of signature and opens files for {YearsOfAccessEn} years; the disclosing party may end future downloads at any time and says why. Secrecy is owed for five years from the download of each file, and of trade secrets for as long as they are such by law. It survives the end of access."),
            new(
                "六、返还与销毁。披露方书面要求时，接收方应在十五日内返还或销毁保密信息及其复制件，并书面确认；法律要求留存的除外。",
                "6. Return. When the disclosing party asks in writing, the receiving party returns or destroys confidential information and copies within fifteen days, and confirms it in writing, except for what the law obliges it to keep."),
            new(
                "七、权利归属。本协议不转让也不许可任何知识产权。保密信息按现状提供。",
                "7. Rights. Nothing is assigned or licensed by this agreement. Confidential information is given as it is."),
            new(
                "八、依法披露。法律或有权机关要求披露的，接收方在法律允许的范围内事先通知披露方，并只披露所要求的部分。",
                "8. Disclosure by law. Where the law or an authority demands disclosure, the receiving party tells the disclosing party beforehand as far as the law permits, and discloses no more than is demanded."),
            new(
                "九、违约与争议。违反本协议的一方应赔偿对方因此遭受的损失。本协议适用中华人民共和国法律；争议由披露方住所地有管辖权的人民法院管辖。",
                "9. Breach and disputes. Whoever breaks this agreement makes good the loss that it causes. The law of the People's Republic of China applies; the people's court with jurisdiction at the disclosing party's seat decides."),
            new(
                "十、文本。本协议以中文和英文写成，两者不一致时以中文为准；签署的是本文本的哈希值。",
                "10. Text. This agreement is written in Chinese and English; where they differ, the Chinese text prevails. What is signed is the hash of this text."),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "There is no such version"),
    };

    /// <summary>Of both languages, paragraph by paragraph: what is signed.</summary>
    public static string Sha256Of(int version, ConfidentialityFacts facts) => Sha256Hex.Of(string.Join(
        '\n', Paragraphs(version, facts).Prepend(Title).SelectMany(p => new[] { p.Zh, p.En }).Prepend($"confidentiality {version}")));

    private const string YearsOfAccessZh = "三";
    private const string YearsOfAccessEn = "three";
}
