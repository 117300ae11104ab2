namespace Marketplace.Application.Files;

/// <summary>A kept file on its way out: to be saved, never to be shown in place. Whoever takes it disposes of its content.</summary>
/// <param name="Name">ASCII letters, digits, dots and hyphens only: made by us, never typed by anybody.</param>
public sealed record OpenedFile(string Name, string MediaType, Stream Content);
