using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Invoicing;

namespace Marketplace.Application.Invoicing;

/// <summary>Keyed by the <see cref="Domain.FapiaoNumber"/>.</summary>
[Stream("fapiao")]
public interface IFapiaoRegisterGrain : IJournaledGrain<FapiaoRegisterState>;

internal sealed class FapiaoRegisterGrain(Surroundings around)
    : JournaledGrain<FapiaoRegisterState, FapiaoCommand, FapiaoEvent, FapiaoRegister>(around), IFapiaoRegisterGrain
{
    protected override IEnumerable<IReadRow> Rows(FapiaoRegisterState state) => [];
}
