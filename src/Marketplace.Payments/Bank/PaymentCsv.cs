using System.Globalization;
using Marketplace.Application;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>
/// Orders for the batch upload of online banks that take no pain.001: UTF-8 with a byte order mark, what would be a formula defused. It is uploaded
/// as it is; a spreadsheet that opens and saves it rounds account numbers to 15 digits.
/// </summary>
public static class PaymentCsv
{
    private static readonly string[] Header =
    [
        "编号 End-to-end id", "执行日期 Execution date", "收款人账号 Payee account", "收款人名称 Payee", "收款人开户行 Payee bank", "联行号 CNAPS", "BIC", "金额 Amount", "币种 Currency", "用途 Remittance",
    ];

    public static Result<byte[]> Write(BankTransferBatch batch) => batch.Check() is { } refusal
        ? refusal
        : Csv.Write(Header, batch.Orders.Select(IReadOnlyList<string> (o) =>
        [
            o.EndToEndId, o.ExecuteOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), o.Payee.Number, o.Payee.Holder, o.Payee.Bank ?? "", o.Payee.Cnaps ?? "",
            o.Payee.Bic ?? "", o.Amount.ToDecimal(), o.Amount.Currency.Code, o.Remittance,
        ]));
}
