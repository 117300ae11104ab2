using Marketplace.Application.Mail;
using Marketplace.Host.Accounts;

namespace Marketplace.Host.Mail;

/// <summary>Letters as they lie in the database: they hold links that are as good as a password, so nobody reads them there.</summary>
public sealed class SealedLetters(SealedNotes notes)
{
    public string Seal(Letter letter) => notes.Seal(NoteFor.Letter, null, letter.Name, letter.To, letter.Language, letter.Subject, letter.Text, letter.Html);

    /// <summary>Null: of a key that is gone.</summary>
    public Letter? Open(string sealedLetter) =>
        notes.Open(NoteFor.Letter, sealedLetter) is [var name, var to, var language, var subject, var text, var html] ? new Letter(to, language, subject, text, html) { Name = name } : null;
}
