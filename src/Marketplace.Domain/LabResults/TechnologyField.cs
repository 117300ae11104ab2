namespace Marketplace.Domain.LabResults;

/// <summary>The leading industries and frontier tracks of the zone; the first facet of the catalog.</summary>
public enum TechnologyField
{
    /// <summary>信创: independent computing, from processor to application.</summary>
    AdvancedComputing,
    BiomedicineAndCells,
    BrainComputerInterface,
    ModernChineseMedicine,
    NewEnergy,
    NewMaterials,
    Semiconductors,
    SmartEquipment,
    Aerospace,
    EnvironmentalProtection,
    QuantumCommunication,
    Blockchain,
}

public static class TechnologyFields
{
    /// <summary>The field's name for readers.</summary>
    public static BilingualText NameOf(TechnologyField field) => field switch
    {
        TechnologyField.AdvancedComputing => new("先进计算与软件（信创）", "Advanced computing and software"),
        TechnologyField.BiomedicineAndCells => new("生物医药与细胞", "Biomedicine and cells"),
        TechnologyField.BrainComputerInterface => new("脑机接口", "Brain-computer interfaces"),
        TechnologyField.ModernChineseMedicine => new("现代中药", "Modern Chinese medicine"),
        TechnologyField.NewEnergy => new("新能源", "New energy"),
        TechnologyField.NewMaterials => new("新材料", "New materials"),
        TechnologyField.Semiconductors => new("半导体", "Semiconductors"),
        TechnologyField.SmartEquipment => new("智能装备", "Smart equipment"),
        TechnologyField.Aerospace => new("航空航天", "Aerospace"),
        TechnologyField.EnvironmentalProtection => new("环保", "Environmental protection"),
        TechnologyField.QuantumCommunication => new("量子通信", "Quantum communication"),
        TechnologyField.Blockchain => new("区块链", "Blockchain"),
    };
}
