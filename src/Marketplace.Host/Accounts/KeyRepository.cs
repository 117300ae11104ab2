using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Accounts;

/// <summary>Keys of ASP.NET's data protection in the database, so that all hosts share them and they outlive a restart.</summary>
internal sealed class KeyRepository(IDbContextFactory<AccountsDatabase> accounts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var database = accounts.CreateDbContext();
        return [.. database.ProtectionKeys.AsNoTracking().Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var database = accounts.CreateDbContext();
        database.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        database.SaveChanges();
    }
}
