using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Bank;

namespace Marketplace.Payments.Tests.Bank;

/// <summary>What goes to a bank: pain.001, CSV, and the square on a payment sheet.</summary>
public sealed class BankOrderTests
{
    private static readonly XNamespace Ns = Pain001.Namespace;
    private static readonly BankAccount Payer = new("转化平台有限公司", "6222000100020003", "工商银行北京分行", null, "102100099996");
    private static readonly BankAccount Lab = new("某大学 & 实验室", "31050161", "建设银行", null, "105290068018");
    private static readonly BankAccount Abroad = new("Müller <GmbH>", "DE89370400440532013000", null, "COBADEFFXXX");
    private static readonly DateOnly Monday = new(2026, 1, 5);

    private static readonly BankTransferBatch Batch = new(
        "MSG-1", new DateTimeOffset(2026, 1, 4, 9, 0, 0, TimeSpan.FromHours(8)), Payer,
        [
            new("E-1", Monday.AddDays(1), Deals.Yuan(100_050), Lab, "分配 2026-01"),
            new("E-2", Monday, new Money(1_234, Currency.Parse("EUR").Value), Abroad, "Invoice 7"),
            new("E-3", Monday.AddDays(1), Deals.Yuan(5), new BankAccount("张三", "1"), "奖励"),
            new("E-4", Monday, new Money(1_500, Currency.Parse("JPY").Value), Abroad, "x"),
        ]);

    [Fact]
    public void A_pain_001_says_what_was_ordered()
    {
        var document = XDocument.Load(new MemoryStream(Pain001.Write(Batch).Value)).Root!;
        Assert.Equal(Ns + "Document", document.Name);
        var header = document.Descendants(Ns + "GrpHdr").Single();
        Assert.Equal(
            ["MsgId=MSG-1", "CreDtTm=2026-01-04T09:00:00+08:00", "NbOfTxs=4", "CtrlSum=2512.89", "Nm=转化平台有限公司"],
            header.Descendants().Where(e => !e.HasElements).Select(e => $"{e.Name.LocalName}={e.Value}"));
        Assert.Equal(
            ["MSG-1-1 2026-01-05 EUR 1 12.34", "MSG-1-2 2026-01-05 JPY 1 1500", "MSG-1-3 2026-01-06 CNY 2 1000.55"],
            document.Descendants(Ns + "PmtInf").Select(p => $"{Value(p, "PmtInfId")} {Value(p, "Dt")} {Value(p, "Ccy")} {Value(p, "NbOfTxs")} {Value(p, "CtrlSum")}"));
        Assert.Equal(
            [
                "EndToEndId=E-1 InstdAmt=1000.50 Cd=CNAPS MmbId=105290068018 Nm=建设银行 Nm=某大学 & 实验室 Id=31050161 Ustrd=分配 2026-01",
                "EndToEndId=E-2 InstdAmt=12.34 BICFI=COBADEFFXXX Nm=Müller <GmbH> IBAN=DE89370400440532013000 Ustrd=Invoice 7",
                "EndToEndId=E-3 InstdAmt=0.05 Nm=张三 Id=1 Ustrd=奖励",
                "EndToEndId=E-4 InstdAmt=1500 BICFI=COBADEFFXXX Nm=Müller <GmbH> IBAN=DE89370400440532013000 Ustrd=x",
            ],
            document.Descendants(Ns + "CdtTrfTxInf").OrderBy(t => Value(t, "EndToEndId"), StringComparer.Ordinal)
                .Select(t => string.Join(' ', t.Descendants().Where(e => !e.HasElements).Select(e => $"{e.Name.LocalName}={e.Value}"))));
    }

    [Fact]
    public void The_control_sum_is_the_sum_of_what_a_reader_reads() => Gen.Long[1, long.MaxValue / 1_000].Array[1, 20].Sample(amounts =>
    {
        var batch = Batch with { Orders = [.. amounts.Select((a, i) => Batch.Orders[0] with { EndToEndId = $"E{i}", Amount = new Money(a, Currency.Cny), ExecuteOn = Monday.AddDays(i % 3) })] };
        using var xml = XmlReader.Create(new MemoryStream(Pain001.Write(batch).Value));
        var (sums, total) = (new List<decimal>(), 0m);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "CtrlSum" })
            {
                sums.Add(decimal.Parse(xml.ReadElementContentAsString(), CultureInfo.InvariantCulture));
            }

            if (xml is { NodeType: XmlNodeType.Element, LocalName: "InstdAmt" })
            {
                total += decimal.Parse(xml.ReadElementContentAsString(), CultureInfo.InvariantCulture);
            }
        }

        return sums[0] == total && sums.Skip(1).Sum() == total && total * 100 == amounts.Sum(a => (decimal)a);
    }, iter: 300);

    [Fact]
    public void The_same_orders_are_the_same_bytes_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var bytes = Pain001.Write(Batch).Value;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA"); // another calendar, another minus
            Assert.Equal(bytes, Pain001.Write(Batch).Value);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.False(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
    }

    public static TheoryData<string, BankTransferBatch> Unfit() => new()
    {
        { "messageId", Batch with { MessageId = new string('M', 31) } },
        { "messageId", Batch with { MessageId = "M 1" } },
        { "orders", Batch with { Orders = [] } },
        { "payer.number", Batch with { Payer = Payer with { Number = "" } } },
        { "payer.number", Batch with { Payer = Payer with { Number = "6222 0001" } } },
        { "orders[1].endToEndId", With(o => o with { EndToEndId = "E-1" }) },
        { "orders[1].endToEndId", With(o => o with { EndToEndId = new string('E', 36) }) },
        { "orders[1].endToEndId", With(o => o with { EndToEndId = "é" }) },
        { "orders[1].amount", With(o => o with { Amount = Deals.Yuan(0) }) },
        { "orders[1].amount", With(o => o with { Amount = Deals.Yuan(-1) }) },
        { "orders[1].remittance", With(o => o with { Remittance = "" }) },
        { "orders[1].remittance", With(o => o with { Remittance = new string('x', 141) }) },
        { "orders[1].remittance", With(o => o with { Remittance = "a\nb" }) },
        { "orders[1].remittance", With(o => o with { Remittance = "a\0b" }) },
        { "orders[1].remittance", With(o => o with { Remittance = "a\uD800b" }) },
        { "orders[1].payee.holder", With(o => o with { Payee = o.Payee with { Holder = "a\tb" } }) },
        { "orders[1].payee.number", With(o => o with { Payee = o.Payee with { Number = "=1+1" } }) },
        { "orders[1].payee.number", With(o => o with { Payee = o.Payee with { Number = "-1" } }) },
        { "orders[1].payee.bic", With(o => o with { Payee = o.Payee with { Bic = "COBA" } }) },
        { "orders[1].payee.cnaps", With(o => o with { Payee = o.Payee with { Cnaps = "12345" } }) },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void What_a_bank_cannot_carry_is_refused_with_its_field(string field, BankTransferBatch batch)
    {
        Assert.Equal(field, Pain001.Write(batch).Refusal?.Field);
        Assert.Equal(field, PaymentCsv.Write(batch).Refusal?.Field);
    }

    [Fact]
    public void A_table_for_online_banks_has_a_line_for_each_order()
    {
        var bytes = PaymentCsv.Write(Batch).Value;
        Assert.True(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        Assert.Equal("E-1,2026-01-06,31050161,某大学 & 实验室,建设银行,105290068018,,1000.50,CNY,分配 2026-01", lines[1]);
        Assert.Equal((6, ""), (lines.Length, lines[5]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1", "' =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    public void What_would_be_a_formula_stays_text(string typed, string cell) =>
        Assert.EndsWith($",{cell}", Encoding.UTF8.GetString(PaymentCsv.Write(Batch with { Orders = [Batch.Orders[0] with { Remittance = typed }] }).Value).Split("\r\n")[1]);

    [Theory]
    [InlineData("\t=1")]
    [InlineData("\0=1")]
    public void A_tab_or_a_NUL_before_a_formula_does_not_help_it(string typed) =>
        Assert.Contains("'", Encoding.UTF8.GetString(Application.Csv.Write(["a"], [[typed]])));

    [Fact]
    public void A_payment_sheet_in_yuan_is_plain_lines() => Assert.Equal(
        "收款人 Payee: 某大学 & 实验室\n账号 Account: 31050161\n开户行 Bank: 建设银行\n联行号 CNAPS: 105290068018\n金额 Amount: 1000.50 CNY\n附言 Reference: AGR-7",
        PaymentSheetQr.Content(Lab, Deals.Yuan(100_050), "AGR-7"));

    [Fact]
    public void A_payment_sheet_in_euros_to_an_IBAN_is_what_banking_applications_read()
    {
        var euros = new Money(123_450, Currency.Parse("EUR").Value);
        Assert.Equal("BCD\n002\n1\nSCT\nCOBADEFFXXX\nMüller <GmbH>\nDE89370400440532013000\nEUR1234.50\n\n\nAGR-7", PaymentSheetQr.Content(Abroad, euros, "AGR-7"));
        Assert.StartsWith("收款人", PaymentSheetQr.Content(Abroad with { Number = "DE89370400440532013001" }, euros, "AGR-7")); // its check digits are wrong
        Assert.StartsWith("收款人", PaymentSheetQr.Content(Abroad with { Holder = new string('x', 71) }, euros, "AGR-7"));
        Assert.StartsWith("收款人", PaymentSheetQr.Content(Abroad with { Holder = new string('名', 70) }, euros, new string('附', 140))); // beyond 331 bytes
    }

    [Fact]
    public void A_square_is_inert_named_and_the_same_every_time()
    {
        var svg = PaymentSheetQr.Svg(PaymentSheetQr.Content(Lab, Deals.Yuan(1), "AGR-7"), "Pay <\"now\"> & 'here'");
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("img", root.Attribute("role")?.Value);
        Assert.Equal("Pay <\"now\"> & 'here'", root.Elements().First().Value);
        Assert.Equal(["path", "svg", "title"], root.DescendantsAndSelf().Select(e => e.Name.LocalName).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(root.DescendantsAndSelf().SelectMany(e => e.Attributes()), a => a.Name.LocalName is "style" or "href" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Equal(svg, PaymentSheetQr.Svg(PaymentSheetQr.Content(Lab, Deals.Yuan(1), "AGR-7"), "Pay <\"now\"> & 'here'"));
    }

    [Fact]
    public void The_longest_payment_sheet_still_fits_into_a_square()
    {
        var long140 = new string('名', 140);
        var content = PaymentSheetQr.Content(new BankAccount(long140, new string('1', 34), long140, "COBADEFFXXX", "105290068018"), Deals.Yuan(long.MaxValue), long140);
        Assert.StartsWith("<svg", PaymentSheetQr.Svg(content, "x"));
    }

    private static BankTransferBatch With(Func<BankTransferOrder, BankTransferOrder> change) => Batch with { Orders = [Batch.Orders[0], change(Batch.Orders[1]), Batch.Orders[2]] };

    private static string Value(XElement element, string name) => element.Descendants(Ns + name).First().Value;
}
