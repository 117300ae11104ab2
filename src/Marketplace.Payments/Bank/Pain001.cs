using System.Globalization;
using System.Text;
using System.Xml;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>Orders for a bank in ISO 20022 pain.001.001.09. The same orders are the same bytes, whenever and wherever they are written.</summary>
public static class Pain001
{
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    private static readonly XmlWriterSettings Plain = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    /// <summary>One <c>PmtInf</c> per day and currency, in that order; inside, the orders as they were given.</summary>
    public static Result<byte[]> Write(BankTransferBatch batch)
    {
        if (batch.Check() is { } refusal)
        {
            return refusal;
        }

        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Plain))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("Document", Namespace);
            xml.WriteStartElement("CstmrCdtTrfInitn");
            WriteHeader(xml, batch);
            var part = 0;
            foreach (var orders in batch.Orders
                .GroupBy(o => (o.ExecuteOn, o.Amount.Currency))
                .OrderBy(g => g.Key.ExecuteOn)
                .ThenBy(g => g.Key.Currency.Code, StringComparer.Ordinal))
            {
                part++;
                WritePart(xml, batch, part, orders.Key.ExecuteOn, orders.Key.Currency, [.. orders]);
            }
        }

        return bytes.ToArray();
    }

    private static void WriteHeader(XmlWriter xml, BankTransferBatch batch)
    {
        xml.WriteStartElement("GrpHdr");
        xml.WriteElementString("MsgId", batch.MessageId);
        xml.WriteElementString("CreDtTm", batch.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        WriteSums(xml, batch.Orders);
        xml.WriteStartElement("InitgPty");
        xml.WriteElementString("Nm", batch.Payer.Holder);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WritePart(XmlWriter xml, BankTransferBatch batch, int part, DateOnly executeOn, Currency currency, IReadOnlyList<BankTransferOrder> orders)
    {
        xml.WriteStartElement("PmtInf");
        xml.WriteElementString("PmtInfId", string.Create(CultureInfo.InvariantCulture, $"{batch.MessageId}-{part}"));
        xml.WriteElementString("PmtMtd", "TRF");
        WriteSums(xml, orders);
        xml.WriteStartElement("ReqdExctnDt");
        xml.WriteElementString("Dt", executeOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        WriteParty(xml, "Dbtr", batch.Payer);
        WriteAccount(xml, "DbtrAcct", batch.Payer, currency);
        WriteAgent(xml, "DbtrAgt", batch.Payer);
        foreach (var order in orders)
        {
            xml.WriteStartElement("CdtTrfTxInf");
            xml.WriteStartElement("PmtId");
            xml.WriteElementString("EndToEndId", order.EndToEndId);
            xml.WriteEndElement();
            xml.WriteStartElement("Amt");
            xml.WriteStartElement("InstdAmt");
            xml.WriteAttributeString("Ccy", currency.Code);
            xml.WriteString(order.Amount.ToDecimal());
            xml.WriteEndElement();
            xml.WriteEndElement();
            if (order.Payee is not { Bic: null, Cnaps: null, Bank: null })
            {
                WriteAgent(xml, "CdtrAgt", order.Payee);
            }

            WriteParty(xml, "Cdtr", order.Payee);
            WriteAccount(xml, "CdtrAcct", order.Payee, null);
            xml.WriteStartElement("RmtInf");
            xml.WriteElementString("Ustrd", order.Remittance);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>The control sum adds plain numbers of whatever currencies, as the standard has it.</summary>
    private static void WriteSums(XmlWriter xml, IReadOnlyList<BankTransferOrder> orders)
    {
        xml.WriteElementString("NbOfTxs", orders.Count.ToString(CultureInfo.InvariantCulture));
        var sum = orders.Sum(o => decimal.Parse(o.Amount.ToDecimal(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
        xml.WriteElementString("CtrlSum", sum.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteParty(XmlWriter xml, string element, BankAccount account)
    {
        xml.WriteStartElement(element);
        xml.WriteElementString("Nm", account.Holder);
        xml.WriteEndElement();
    }

    private static void WriteAccount(XmlWriter xml, string element, BankAccount account, Currency? currency)
    {
        xml.WriteStartElement(element);
        xml.WriteStartElement("Id");
        if (Iban.IsOne(account.Number))
        {
            xml.WriteElementString("IBAN", account.Number);
        }
        else
        {
            xml.WriteStartElement("Othr");
            xml.WriteElementString("Id", account.Number);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        if (currency is { } one)
        {
            xml.WriteElementString("Ccy", one.Code);
        }

        xml.WriteEndElement();
    }

    private static void WriteAgent(XmlWriter xml, string element, BankAccount account)
    {
        xml.WriteStartElement(element);
        xml.WriteStartElement("FinInstnId");
        if (account.Bic is { } bic)
        {
            xml.WriteElementString("BICFI", bic);
        }

        if (account.Cnaps is { } cnaps)
        {
            xml.WriteStartElement("ClrSysMmbId");
            xml.WriteStartElement("ClrSysId");
            xml.WriteElementString("Cd", "CNAPS");
            xml.WriteEndElement();
            xml.WriteElementString("MmbId", cnaps);
            xml.WriteEndElement();
        }

        if (account.Bank is { } bank)
        {
            xml.WriteElementString("Nm", bank);
        }

        if (account is { Bic: null, Cnaps: null, Bank: null })
        {
            xml.WriteStartElement("Othr");
            xml.WriteElementString("Id", "NOTPROVIDED");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
