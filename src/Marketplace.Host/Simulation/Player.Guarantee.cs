using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using RecordGuaranteePayment = Application.Agreements.RecordGuaranteePayment;
using RecordRecourse = Application.Agreements.RecordRecourse;

// Guarantors that are asked to pay: most do, some a little too much, and some get it back.
internal sealed partial class Player
{
    private Move? OfGuarantor(Agreement a, DateOnly today)
    {
        foreach (var (index, claim) in a.GuaranteeClaims.Index())
        {
            var (nth, why) = (index + 1, $"guarantee {index + 1}");
            var hasPaid = a.Receipts.Any(r => r.GuaranteeClaim == nth);
            if (!hasPaid && chance.Percent($"{why} is paid", 80) && today >= claim.PayBy.AddDays(-chance.Days(why, 0, 10)))
            {
                var surplus = chance.Percent($"{why} too much", 15) ? 777 : 0;
                var amount = new Money(claim.AmountMinor + surplus, a.Terms.Currency);
                return Administrator(why, id => new RecordGuaranteePayment(
                    id, a.Id, nth, Bank, string.Create(CultureInfo.InvariantCulture, $"{number}-G{nth}"), amount, today));
            }

            if (claim.SubrogatedMinor > 0 && claim.RecoveredMinor == 0 && chance.Percent($"{why} comes back", 40) && today >= claim.PayBy.AddDays(60))
            {
                return Third(a, $"{why} comes back", id => new RecordRecourse(id, a.Id, nth, new Money((claim.SubrogatedMinor + 1) / 2, a.Terms.Currency), "示例追偿"));
            }
        }

        return null;
    }
}
