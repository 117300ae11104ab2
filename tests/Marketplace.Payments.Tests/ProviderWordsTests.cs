using System.Text.Json;
using CsCheck;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Sandbox;
using Marketplace.Payments.Tests.Sandbox;

namespace Marketplace.Payments.Tests;

/// <summary>Providers repeat themselves, and their words overtake each other on the way.</summary>
public sealed class ProviderWordsTests
{
    private static readonly string[] Methods =
        ["sandbox:ok", "sandbox:decline", "sandbox:partial-40", "sandbox:delay-3d", "sandbox:decline-3d", "sandbox:decline-once"];

    private static readonly DateTimeOffset Later = PaymentEngine.Noon("2030-01-01");

    [Fact]
    public void Repeated_and_reordered_words_change_nothing_once_the_last_one_has_been_heard()
    {
        var due = Due();
        var intent = due.Intents[0];
        Gen.Select(Gen.Int[0, Methods.Length - 1].Select(i => Methods[i]), Gen.Int[0, 99].Array[1, 10], Gen.Int[0, 10]).Sample((method, picks, silences) =>
        {
            // Everything that can be heard of the payment, in the order in which it became true; the last word is the truth.
            var truth = Words(intent, method);
            RecordPaymentOutcome[] heard =
            [
                .. picks.Select(p => p % (truth.Count + 1) is var i && i < truth.Count ? truth[i] : Silence(intent)),
                truth[^1],
                .. picks.Reverse().Select(p => truth[p % truth.Count]),
                .. Enumerable.Repeat(Silence(intent), silences),
            ];
            var muddled = heard.Aggregate(due, Tell);
            var told = Tell(due, truth[^1]);

            Assert.Equal(told.Intents[0] with { NextLookUtc = default }, muddled.Intents[0] with { NextLookUtc = default });
            Assert.Equal(JsonSerializer.Serialize(told.Receipts), JsonSerializer.Serialize(muddled.Receipts)); // lists in records are equal only to themselves
            Assert.Equal(told.Balances, muddled.Balances);
            Assert.Equal(told.Stage, muddled.Stage);
            Assert.Equal(truth[^1].MovedMinor, muddled.Receipts.Sum(r => r.Amount.AmountMinor));
        });
    }

    /// <summary>What the sandbox can be heard to say at each look, through the days of the payment.</summary>
    private static List<RecordPaymentOutcome> Words(PaymentIntent intent, string method)
    {
        var story = SandboxStory.Begin();
        Assert.Null(story.Ask(method, intent.Amount));
        var words = new List<RecordPaymentOutcome>();
        for (var day = 0; day <= 4; day++)
        {
            story.At(TimeSpan.FromDays(day)).Do(new DecidePayment());
            var id = SandboxPaymentId.For(intent.Id).Value;
            words.Add(story.State switch
            {
                { DecidesAtUtc: { } next } => new(intent.Id, IntentStatus.Processing, id, 0, next, null),
                { MovedMinor: 0 } => new(intent.Id, IntentStatus.Failed, id, 0, null, "declined"),
                { MovedMinor: var moved } when moved == intent.Amount.AmountMinor => new(intent.Id, IntentStatus.Succeeded, id, moved, null, null),
                { MovedMinor: var moved } => new(intent.Id, IntentStatus.PartlySucceeded, id, moved, null, "declined"),
            });
        }

        return words;
    }

    private static RecordPaymentOutcome Silence(PaymentIntent intent) => new(intent.Id, IntentStatus.Unknown, null, 0, Later, "no answer");

    private static Agreement Due()
    {
        var id = DerivedId.From<AgreementId>("words");
        var state = AgreementRules.Initial;
        void Do(Actor actor, AgreementCommand command) => state = After(state, actor, command, "2025-03-03");
        Do(Deals.Company, new ApplyForTrial(
            id, DerivedId.From<OfferId>("words"), DerivedId.From<LabResultId>("words"), Deals.Lab.Organisation!.Value,
            Deals.Company.Organisation!.Value, Deals.Terms(Deals.LumpSum()), InventorSplit.None, Deals.MayApply, null));
        Do(Deals.Lab, new AcceptApplication());
        Do(Deals.Lab, new AcceptTerms(1));
        Do(Deals.Company, new AcceptTerms(1));
        Do(Deals.Lab, new SignAgreement(state.DocumentHash!));
        Do(Deals.Company, new SignAgreement(state.DocumentHash!));
        Do(Deals.Lab, new FileAgreement("津备-1"));
        Do(Deals.Lab, new DeliverResult("资料"));
        Do(Deals.Company, new AcceptDelivery());
        Do(Deals.Company, new ConvertLicence());
        Do(Deals.Company, new AuthoriseCollection("sandbox", "sandbox:ok"));
        return After(state, Actor.System, new EnforceDue(WakePurpose.Obligations), "2026-03-03");
    }

    private static Agreement Tell(Agreement state, RecordPaymentOutcome word) => After(state, Actor.System, word, "2026-03-03");

    private static Agreement After(Agreement state, Actor actor, AgreementCommand command, string day) =>
        AgreementRules.Decide(state, command, new CommandContext(PaymentEngine.Noon(day), actor, ReferenceData.Published)).Value
            .Aggregate(state, AgreementRules.Apply);
}
