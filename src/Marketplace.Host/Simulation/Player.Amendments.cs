using Marketplace.Application.Agreements;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using ProposeAmendment = Application.Agreements.ProposeAmendment;
using SignAmendment = Application.Agreements.SignAmendment;
using WithdrawAmendment = Application.Agreements.WithdrawAmendment;

// Companies that ask for a lower royalty once they have reported, and labs that mostly agree.
internal sealed partial class Player
{
    private Move? OfAmendment(Agreement a, DateOnly today)
    {
        if (a.Stage is not (Stage.Converted or Stage.Overdue or Stage.Cure))
        {
            return null;
        }

        if (a.Amendments.FirstOrDefault(m => m.Status == AmendmentStatus.Proposed) is { } open)
        {
            var why = $"amendment {open.Number}";
            return today < open.On.AddDays(chance.Days(why, 2, 30)) ? null
                : open.Change.FromPeriod <= a.Reports.Count || chance.Percent($"{why} is not wanted", 20)
                    ? Lab(a, $"{why} no", id => new WithdrawAmendment(id, a.Id, open.Number, "示例：不同意或已过期"))
                : !IsSigningDayOf(Missing(open.SignedBy), today) ? null
                : Move(a, Missing(open.SignedBy), why, id => new SignAmendment(id, a.Id, open.Number, open.DocumentHash));
        }

        if (a.Amendments.Count > 0 || a.Reports.Count != 1 || a.BoughtOutAfterPeriod is not null || !chance.Percent("asks for less", 30)
            || (a.Reports.Count + 2) * a.Terms.Reporting!.PeriodMonths > a.Terms.CommercialMonths
            || a.Terms.Payments.Index().FirstOrDefault(p => p.Item is RunningRoyalty) is not (var clause, RunningRoyalty { RatePpm: > 2 } royalty))
        {
            return null;
        }

        var change = new AmendmentChange(a.Reports.Count + 2, [clause], [royalty with { RatePpm = royalty.RatePpm / 2 }]);
        return Company(a, "asks for less", id => new ProposeAmendment(id, a.Id, change, "示例：市场价格下降"));
    }
}
