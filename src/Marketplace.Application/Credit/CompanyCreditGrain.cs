using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Credit;

namespace Marketplace.Application.Credit;

/// <summary>Keyed by the company.</summary>
[Stream("credit")]
public interface ICompanyCreditGrain : IJournaledGrain<CompanyCreditState>;

internal sealed class CompanyCreditGrain(Surroundings around)
    : JournaledGrain<CompanyCreditState, CreditCommand, CreditEvent, CompanyCredit>(around), ICompanyCreditGrain
{
    protected override IEnumerable<IReadRow> Rows(CompanyCreditState state) => [];
}
