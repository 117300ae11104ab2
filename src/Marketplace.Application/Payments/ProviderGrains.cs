using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Payments;

namespace Marketplace.Application.Payments;

/// <summary>Keyed by provider and its own id of the notice: <c>stripe:evt_…</c>.</summary>
[Stream("provider-notice")]
public interface IProviderNoticeGrain : IJournaledGrain<ProviderNotice>;

internal sealed class ProviderNoticeGrain(Surroundings around)
    : JournaledGrain<ProviderNotice, ProviderNoticeCommand, ProviderNoticeEvent, ProviderNoticeRules>(around), IProviderNoticeGrain
{
    protected override IEnumerable<IReadRow> Rows(ProviderNotice state) => ProviderNoticeRow.Of(Key, state);
}

/// <summary>Keyed by provider and its own id of the line: <c>stripe:txn_…</c>.</summary>
[Stream("provider-movement")]
public interface IProviderMovementGrain : IJournaledGrain<ProviderMovement>;

internal sealed class ProviderMovementGrain(Surroundings around)
    : JournaledGrain<ProviderMovement, ProviderMovementCommand, ProviderMovementEvent, ProviderMovementRules>(around), IProviderMovementGrain
{
    protected override IEnumerable<IReadRow> Rows(ProviderMovement state) => ProviderMovementRow.Of(Key, state);

    protected override IEnumerable<Entry> EntriesOf(ProviderMovementEvent happened) => ProviderMovementRules.EntriesFor(happened);
}

/// <summary>Keyed by provider and organisation: <c>stripe:org_…</c>.</summary>
[Stream("payment-profile")]
public interface IPaymentProfileGrain : IJournaledGrain<PaymentProfile>
{
    public static string KeyOf(string provider, OrganisationId organisation) => $"{provider}:{organisation}";
}

internal sealed class PaymentProfileGrain(Surroundings around)
    : JournaledGrain<PaymentProfile, PaymentProfileCommand, PaymentProfileEvent, PaymentProfileRules>(around), IPaymentProfileGrain
{
    protected override IEnumerable<IReadRow> Rows(PaymentProfile state) => [];
}
