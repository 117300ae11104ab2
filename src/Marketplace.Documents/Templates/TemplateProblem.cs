using Marketplace.Domain;

namespace Marketplace.Documents.Templates;

/// <summary>What is wrong with a template, and where.</summary>
/// <param name="File">As the template's source names it, e.g. <c>trial-then-lump-sum/terms.yaml</c>.</param>
/// <param name="Line">From 1.</param>
public sealed record TemplateProblem(string File, int Line, BilingualText Reason);
