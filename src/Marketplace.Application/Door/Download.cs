namespace Marketplace.Application.Door;

/// <summary>A file to be saved, never to be shown in place.</summary>
/// <param name="Name">ASCII letters, digits, dots, hyphens and underscores only: made by us, never typed by anybody.</param>
public sealed record Download(string Name, string MediaType, byte[] Content);
