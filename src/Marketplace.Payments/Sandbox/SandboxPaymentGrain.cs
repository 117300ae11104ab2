using Marketplace.Application.Grains;
using Marketplace.Application.Reads;

namespace Marketplace.Payments.Sandbox;

/// <summary>Key: the intent's id. Its stream is the sandbox's own bookkeeping, in transactions of its own, as a real provider's would be.</summary>
[Stream("sandbox")]
public interface ISandboxPaymentGrain : IJournaledGrain<SandboxPayment>
{
    /// <summary>Wakes a payment that time may have decided.</summary>
    public const string Decision = "decision";
}

internal sealed class SandboxPaymentGrain(Surroundings around)
    : JournaledGrain<SandboxPayment, SandboxCommand, SandboxEvent, SandboxRules>(around), ISandboxPaymentGrain
{
    protected override IEnumerable<IReadRow> Rows(SandboxPayment state) => [];

    protected override SandboxCommand WhenDue(string purpose) =>
        purpose == ISandboxPaymentGrain.Decision ? new DecidePayment() : base.WhenDue(purpose);
}
