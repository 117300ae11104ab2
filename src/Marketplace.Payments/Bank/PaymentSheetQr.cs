using System.Globalization;
using System.Net;
using System.Text;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using QRCoder;

namespace Marketplace.Payments.Bank;

/// <summary>What somebody needs who pays by bank transfer, as a square to be photographed.</summary>
/// <remarks>
/// Chinese banks have no common standard of a QR code for corporate transfers (对公转账), so in yuan it holds plain lines that a telephone shows and
/// a person copies. In euros, to an IBAN, it is the European Payments Council's EPC069-12, which banking applications read.
/// </remarks>
public static class PaymentSheetQr
{
    private const long MostEuroCents = 99_999_999_999;
    private const int MostEpcNameCharacters = 70;
    private const int MostEpcBytes = 331;

    /// <param name="payee">One that <see cref="BankAccount.Check"/> has let through.</param>
    /// <param name="amount">Greater than 0.</param>
    /// <param name="reference">What the payer shall write into the remittance: one line of at most 140 characters.</param>
    public static string Content(BankAccount payee, Money amount, string reference)
    {
        if (payee.Check(nameof(payee)) is not null || !amount.IsPositive || !BankTransferOrder.Fits(reference, BankTransferOrder.MaxTextCharacters))
        {
            throw new ArgumentException("Only what was checked becomes a payment sheet.");
        }

        return Epc(payee, amount, reference) ?? Lines(payee, amount, reference);
    }

    /// <summary>An SVG that stands in a page as it is: no script, no style, no reference, and a name for who cannot see it.</summary>
    /// <param name="content">As <see cref="Content"/> makes it.</param>
    public static string Svg(string content, string title)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var modules = code.ModuleMatrix; // with a quiet zone of its own
        var (size, path) = (modules.Count, new StringBuilder());
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var from = x;
                while (x < size && modules[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        var name = WebUtility.HtmlEncode(title);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><title>{name}</title><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{path}"/></svg>""");
    }

    private static string Lines(BankAccount payee, Money amount, string reference) => string.Join('\n',
    [
        $"收款人 Payee: {payee.Holder}",
        $"账号 Account: {payee.Number}",
        .. payee.Bank is { } bank ? [$"开户行 Bank: {bank}"] : Array.Empty<string>(),
        .. payee.Cnaps is { } cnaps ? [$"联行号 CNAPS: {cnaps}"] : Array.Empty<string>(),
        .. payee.Bic is { } bic ? [$"BIC: {bic}"] : Array.Empty<string>(),
        $"金额 Amount: {amount}",
        $"附言 Reference: {reference}",
    ]);

    /// <summary>Version 002, where the BIC may be left out. Null when it is not for euros, an IBAN, and texts that fit.</summary>
    private static string? Epc(BankAccount payee, Money amount, string reference)
    {
        if (amount.Currency.Code != "EUR" || !Iban.IsOne(payee.Number) || amount.AmountMinor > MostEuroCents || payee.Holder.Length > MostEpcNameCharacters)
        {
            return null;
        }

        var payload = string.Join('\n', "BCD", "002", "1", "SCT", payee.Bic ?? "", payee.Holder, payee.Number, $"EUR{amount.ToDecimal()}", "", "", reference);
        return Encoding.UTF8.GetByteCount(payload) <= MostEpcBytes ? payload : null;
    }
}
