namespace Marketplace.Domain.Agreements;

public sealed partial class AgreementRules
{
    /// <summary>
    /// Whether the company is given the files of the result that come with the agreement: from the last signature until the agreement is over, whichever
    /// way. Secrecy is owed on; access ends. One that is paid in full goes on until it is closed.
    /// </summary>
    public static bool OpensFiles(Stage stage) => stage switch
    {
        Stage.Signed or Stage.Filed or Stage.Delivered or Stage.InTrial or Stage.Extended or Stage.DecisionDue or Stage.Converted
            or Stage.Overdue or Stage.Cure or Stage.Breached or Stage.Settled => true,
        Stage.None or Stage.Applied or Stage.Declined or Stage.Withdrawn or Stage.Negotiating or Stage.Agreed
            or Stage.Returned or Stage.Expired or Stage.Terminated or Stage.Closed => false,
    };
}
