namespace Marketplace.Architecture.Tests.Code;

/// <summary>Folders are capabilities: inside Domain and Application each knows those before it and none after it.</summary>
public sealed class FolderTests
{
    private static readonly string[] People = ["Organisations"];
    private static readonly string[] Results = [.. People, "LabResults"];
    private static readonly string[] Deals = [.. Results, "Licensing", "Ledger"];

    /// <summary>What all of them stand on: the door, the lock, reading and writing.</summary>
    private static readonly string[] Ground = ["", "Door", "Grains", "Json", "Reads"];

    /// <summary>What looks at all of them from above.</summary>
    private static readonly string[] Above = ["Invariants", "Notices", "Records", "Seeds", "Simulation", "Sweeps"];

    /// <summary>Whoever names a provider of payments asks whether this host has it: the list of ports is not the work behind it.</summary>
    private const string Ports = "Marketplace.Application.Payments.PaymentProviders";

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        [""] = [],
        ["Json"] = [],
        ["Reads"] = [],
        ["Door"] = [],
        ["Grains"] = ["Ledger"], // a stream's balances are kept beside its state
        ["Reference"] = [],
        ["Organisations"] = ["Files"],
        ["Teams"] = People,
        ["Ledger"] = [],
        ["LabResults"] = People,
        ["Licensing"] = Results,
        ["Catalog"] = Deals, // results with what they are offered for
        ["Needs"] = [.. Deals, "Catalog"], // what is looked for, beside what is there
        ["Rights"] = Deals,
        ["Credit"] = Deals,
        ["Guarantees"] = Deals,
        ["Files"] = [],
        ["Mail"] = [],
        ["Invoicing"] = [],
        ["Exports"] = ["Files", "Ledger"], // a file of a month; what goes into it is the host's to say
        ["Agreements"] = [.. Deals, "Rights", "Credit", "Guarantees", "Files", "Invoicing"],
        ["Disclosures"] = [.. Deals, "Agreements", "Files"], // who may have the files of a result: an agreement about it opens them
        ["Inventors"] = [.. Deals, "Agreements", "Teams"], // members of a team who have a share of income
        ["Policy"] = [.. Deals, "Agreements", "Credit"], // looks at what is there, and changes nothing
        ["Payments"] = [.. People, "Agreements", "Ledger"],
        ["Banking"] = [.. Deals, "Agreements", "Payments"],
        ["Desks"] = [.. Deals, "Agreements", "Payments", "Banking"], // what waits for whom, from all of them
        ["Reconciliations"] = [.. Deals, "Agreements", "Payments", "Banking"],
    };

    [Fact]
    public void Capabilities_know_those_before_them_only() => Assert.Empty(Backwards(CompiledCode.Of("Domain", "Application")));

    [Theory]
    [InlineData("Domain.LabResults", "Marketplace.Domain.Licensing.AgreementTerms")]
    [InlineData("Domain.Licensing", "Marketplace.Domain.Agreements.Agreement")]
    [InlineData("Domain.Ledger", "Marketplace.Domain.Agreements.AgreementEvent")]
    [InlineData("Domain", "Marketplace.Domain.Organisations.OrganisationState")]
    [InlineData("Application.Organisations", "Marketplace.Domain.LabResults.LabResultState")]
    [InlineData("Application.Licensing", "Marketplace.Domain.Agreements.Agreement")]
    [InlineData("Application.Door", "Marketplace.Application.LabResults.SubmitResult")]
    [InlineData("Application.Agreements", "Marketplace.Application.Payments.IPaymentProvider")]
    [InlineData("Application.Agreements", "Marketplace.Domain.Policy.SubsidyScheme")]
    [InlineData("Application.LabResults", "Marketplace.Domain.Disclosures.ResultFilesState")]
    [InlineData("Application.Agreements", "Marketplace.Domain.Disclosures.ConfidentialityState")]
    [InlineData("Domain.Policy", "Marketplace.Application.Payments.IPaymentProvider")]
    [InlineData("Application.Agreements", "Marketplace.Application.Notices.NoticeStore")]
    [InlineData("Application.Newcomer", "Marketplace.Application.LabResults.SubmitResult")]
    public void Knowledge_of_what_comes_after_is_found(string folder, string type) => Assert.NotEmpty(Backwards(CompiledCode.Planted(
        $$"""
        namespace Marketplace.{{folder}};
        public sealed class Planted
        {
            public Func<Task<string>> Hidden() => async () => { await Task.Yield(); return typeof({{type}}).Name; };
        }
        """)));

    private static IEnumerable<string> Backwards(IEnumerable<ModuleDefinition> modules) =>
        from use in modules.All()
        let folder = FolderOf(use.By.Namespace)
        let used = FolderOf(use.Namespace)
        where folder is not null && used is not null && folder != used
            && use.By.Namespace != "Marketplace.Application" // puts the parts together
            && use.Type.FullName != Ports
            && !Ground.Contains(used) && !Above.Contains(folder)
            && !MayUse.GetValueOrDefault(folder, []).Contains(used)
        select use.ToString();

    /// <summary>First folder under the project, empty for the project's own; null outside Domain and Application.</summary>
    private static string? FolderOf(string name) => name.Split('.') switch
    {
        ["Marketplace", "Domain" or "Application"] => "",
        ["Marketplace", "Domain" or "Application", var folder, ..] => folder,
        _ => null,
    };
}
