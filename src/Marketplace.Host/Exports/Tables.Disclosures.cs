using Marketplace.Application.Disclosures;
using Marketplace.Application.Door;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Exports;

public static partial class Tables
{
    public static readonly ExportedTable<ListFileAccesses, Page<FileAccessCard>, FileAccessCard> FileAccesses = Paged<ListFileAccesses, FileAccessCard>(
        "/results/{result}/files/accesses",
        Shape<FileAccessCard>("file-accesses", "文件下载记录", "File downloads", c =>
        [
            c.Text("记录编号", "Record", a => a.Access.Value), c.Instant("时间", "When", a => a.AtUtc), c.Number("文件", "File", a => a.Number), c.Text("标题", "Title", a => a.Title),
            c.Text("级别", "Tier", a => Names.Of(a.Tier)), c.Text("机构编号", "Organisation id", a => a.Organisation?.Value), c.Text("机构", "Organisation", (reader, a) => DisclosureWords.WhoseOf(reader, a)),
            c.Text("人员", "Person", a => a.Person), c.Text("依据", "By what right", a => Names.Of(a.Basis)), c.Text("依据编号", "Its number", a => a.BasisId),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });

    public static readonly ExportedTable<ListConfidentiality, Page<ConfidentialityCard>, ConfidentialityCard> Confidentiality = Paged<ListConfidentiality, ConfidentialityCard>(
        "/results/{result}/confidentiality",
        Shape<ConfidentialityCard>("confidentiality-agreements", "保密协议", "Confidentiality agreements", c =>
        [
            c.Text("协议编号", "Agreement", a => a.Confidentiality.Value), c.Text("企业编号", "Company id", a => a.Company.Value), c.Text("企业", "Company", a => a.CompanyName),
            c.Text("签署人", "Signed by", a => a.SignedBy), c.Instant("签署时间", "Signed", a => a.SignedAtUtc), c.Day("下载权限至", "Opens files until", a => a.LastDay),
            c.Text("文本哈希", "Hash of the text", a => a.Sha256), c.Instant("访问终止", "Access ended", a => a.EndedAtUtc), c.Text("终止理由", "Why it was ended", a => a.EndedFor),
        ]),
        (asked, after) => asked with { After = after, Limit = Paging.MaxLimit });
}
