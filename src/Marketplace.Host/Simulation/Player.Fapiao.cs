using System.Globalization;
using System.Text;
using Marketplace.Application.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using RecordFapiao = Application.Agreements.RecordFapiao;
using RecordRedFapiao = Application.Agreements.RecordRedFapiao;
using WithdrawFapiaoRecord = Application.Agreements.WithdrawFapiaoRecord;

// The lab's e-fapiao for what it has invoiced.
internal sealed partial class Player
{
    private static readonly byte[] Original = Encoding.ASCII.GetBytes("%PDF-1.7 %%EOF");

    /// <summary>Most sums get one soon after they are invoiced. Some are recorded wrongly and once more, and some are taken back in part.</summary>
    private Move? OfFapiao(Agreement a, DateOnly today)
    {
        if (a.Terms.Currency != Currency.Cny)
        {
            return null;
        }

        foreach (var owed in a.Obligations.Where(o => o.WasInvoiced))
        {
            var why = $"fapiao {owed.Number}";
            var (of, left) = (a.Fapiao.Where(f => f.Obligation == owed.Number).ToArray(), AgreementRules.LeftForFapiaoMinor(a, owed.Number));
            var on = owed.DueOn.AddDays(chance.Days(why, 1, 20));
            if (!chance.Percent(why, 70) || today < on || of.Length > 2)
            {
                continue;
            }

            if (of.Length == 0 || (of.All(f => !f.Stands) && of.Length < 2))
            {
                if (left > 0)
                {
                    return Lab(a, $"{why} {of.Length}", id => new RecordFapiao(
                        id, a.Id, owed.Number, Number(owed.Number, 0, today), today, new Money(left, Currency.Cny), new Money(left / 20, Currency.Cny), market.CodeOf(a.Company), "示例发票.pdf")
                    {
                        File = new MemoryStream(Original),
                    });
                }
            }
            else if (of is [{ Stands: true } wrong] && chance.Percent($"{why} wrong", 15) && today > wrong.On)
            {
                return Lab(a, $"{why} withdraw", id => new WithdrawFapiaoRecord(id, a.Id, wrong.Record, "示例：录入有误"));
            }
            else if (of is [.., { Stands: true, Blue: null, TotalMinor: > 1 } blue] && chance.Percent($"{why} red", 10) && today > blue.On)
            {
                return Lab(a, $"{why} red", id => new RecordRedFapiao(
                    id, a.Id, blue.Record, Number(owed.Number, 1, today), today, new Money(-blue.TotalMinor / 2, Currency.Cny), new Money(-blue.TaxMinor / 2, Currency.Cny))
                {
                    File = new MemoryStream(Original),
                });
            }
        }

        return null;
    }

    /// <summary>A number of its own: of the agreement, the sum, and the place among its fapiao.</summary>
    private FapiaoNumber Number(int obligation, int place, DateOnly on) => FapiaoNumber.Parse(
        string.Create(CultureInfo.InvariantCulture, $"{on.Year % 100:00}122{number:000000000}{obligation:00000}{place}"), "number").Value;
}
