using System.Text;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Simulation;

/// <summary>A report as a file of two lines.</summary>
internal static class SimulatedSheet
{
    public static ReadOnlyMemory<byte> Of(Money gross, IReadOnlyList<SalesDeduction> deductions, long? units)
    {
        var abroad = gross with { AmountMinor = gross.AmountMinor / 3 };
        var header = SalesSheet.Header(deductions.Select(d => d.Kind), inEnglish: false);
        var first = Line("中国", units ?? 0, gross - abroad, deductions.Select(d => Digits(gross with { AmountMinor = d.AmountMinor })));
        var second = Line("德国", 0, abroad, deductions.Select(_ => ""));
        return Encoding.UTF8.GetBytes($"{string.Join(',', header)}\r\n{first}\r\n{second}\r\n");
    }

    private static string Line(string country, long quantity, Money gross, IEnumerable<string> deductions) =>
        string.Join(',', [FormattableString.Invariant($"示例产品,{country},{quantity},,{Digits(gross)},{gross.Currency}"), .. deductions]);

    private static string Digits(Money money) => money.ToString().Split(' ')[0];
}
