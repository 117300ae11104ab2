namespace Marketplace.Payments.Tests.Bank;

/// <summary>Whole files in the manners of an old and a new version.</summary>
internal static class CamtFiles
{
    /// <summary>Version 02: codes as plain text, parties without <c>Pty</c>, no amounts beside <c>AmtDtls</c>. A batch, a reversal, a batch that says nothing.</summary>
    public const string Old = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <BkToCstmrStmt>
            <GrpHdr><MsgId>20260105-1</MsgId><CreDtTm>2026-01-05T20:00:00</CreDtTm></GrpHdr>
            <Stmt>
              <Id>2026-005</Id>
              <ElctrncSeqNb>5</ElctrncSeqNb>
              <FrToDt><FrDtTm>2026-01-05T00:00:00</FrDtTm><ToDtTm>2026-01-06T00:00:00</ToDtTm></FrToDt>
              <Acct><Id><IBAN>CH93 0076 2011 6238 5295 7</IBAN></Id><Ccy>CHF</Ccy><Svcr><FinInstnId><BIC>POFICHBEXXX</BIC></FinInstnId></Svcr></Acct>
              <Bal><Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">50.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-01-04</Dt></Dt></Bal>
              <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">1140.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-05</Dt></Dt></Bal>
              <Bal><Tp><CdOrPrtry><Cd>CLAV</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-05</Dt></Dt></Bal>
              <TxsSummry><TtlNtries><NbOfNtries>4</NbOfNtries></TtlNtries><TtlCdtNtries><NbOfNtries>2</NbOfNtries></TtlCdtNtries></TxsSummry>
              <Ntry>
                <NtryRef>CH2830000011623852950</NtryRef>
                <Amt Ccy="CHF">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
                <BookgDt><Dt>2026-01-05</Dt></BookgDt><ValDt><Dt>2026-01-06</Dt></ValDt>
                <AcctSvcrRef>R-1</AcctSvcrRef>
                <NtryDtls>
                  <Btch><PmtInfId>B-7</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>
                  <TxDtls>
                    <Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
                    <AmtDtls><TxAmt><Amt Ccy="CHF">400.00</Amt></TxAmt></AmtDtls>
                    <RltdPties><Dbtr><Nm>Müller &amp; Söhne</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties>
                    <RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>
                  </TxDtls>
                  <TxDtls>
                    <Refs><EndToEndId>E2</EndToEndId></Refs>
                    <AmtDtls><TxAmt><Amt Ccy="CHF">600.00</Amt></TxAmt></AmtDtls>
                    <RltdPties><Dbtr><Nm>Acme</Nm></Dbtr></RltdPties>
                    <RmtInf><Ustrd>Invoice 1</Ustrd><Ustrd>
                      Invoice 2 </Ustrd></RmtInf>
                  </TxDtls>
                </NtryDtls>
                <AddtlNtryInf>Sammelgutschrift</AddtlNtryInf>
              </Ntry>
              <Ntry>
                <Amt Ccy="CHF">300.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>
                <BookgDt><DtTm>2026-01-05T10:00:00+01:00</DtTm></BookgDt>
                <AcctSvcrRef>R-0</AcctSvcrRef>
                <NtryDtls><TxDtls>
                  <RltdPties><Dbtr><Nm>Acme</Nm></Dbtr><Cdtr><Nm>We</Nm></Cdtr></RltdPties>
                </TxDtls></NtryDtls>
                <AddtlNtryInf>Rückbuchung</AddtlNtryInf>
              </Ntry>
              <Ntry>
                <Amt Ccy="CHF">500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
                <BookgDt><Dt>2026-01-05</Dt></BookgDt>
                <NtryDtls><TxDtls><Refs><EndToEndId>A</EndToEndId></Refs></TxDtls><TxDtls><Refs><EndToEndId>B</EndToEndId></Refs></TxDtls></NtryDtls>
                <AddtlNtryInf>LSV</AddtlNtryInf>
              </Ntry>
              <Ntry>
                <Amt Ccy="CHF">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
                <BookgDt><Dt>2026-01-05</Dt></BookgDt>
              </Ntry>
            </Stmt>
          </BkToCstmrStmt>
        </Document>
        """;

    /// <summary>Version 08: accounts in JPY and KWD, a foreign sum, a pending entry, a mixed batch, elements of a bank's own.</summary>
    public const string New = """
        <?xml version="1.0" encoding="utf-8"?>
        <c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08" xmlns:own="urn:bank:own">
          <c:BkToCstmrStmt>
            <c:Stmt>
              <c:Id>J</c:Id>
              <c:Acct><c:Id><c:Othr><c:Id>1234567</c:Id></c:Othr></c:Id><c:Ccy>JPY</c:Ccy></c:Acct>
              <c:Bal><c:Tp><c:CdOrPrtry><c:Cd>OPBD</c:Cd></c:CdOrPrtry></c:Tp><c:Amt Ccy="JPY">1000</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd></c:Bal>
              <c:Bal><c:Tp><c:CdOrPrtry><c:Cd>CLBD</c:Cd></c:CdOrPrtry></c:Tp><c:Amt Ccy="JPY">17000.00</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd></c:Bal>
              <c:Ntry>
                <c:Amt Ccy="USD">100.00</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Sts><c:Cd>BOOK</c:Cd></c:Sts><c:BookgDt><c:Dt>2026-02-01+09:00</c:Dt></c:BookgDt>
                <c:AmtDtls><c:InstdAmt><c:Amt Ccy="USD">100.00</c:Amt></c:InstdAmt><c:CntrValAmt><c:Amt Ccy="JPY">15000</c:Amt></c:CntrValAmt></c:AmtDtls>
                <c:NtryDtls><c:TxDtls>
                  <c:Refs><c:AcctSvcrRef>T1</c:AcctSvcrRef><c:EndToEndId>E1</c:EndToEndId></c:Refs>
                  <c:RltdPties><c:Dbtr><c:Pty><c:Nm>日本株式会社</c:Nm></c:Pty></c:Dbtr><c:DbtrAcct><c:Id><c:Othr><c:Id>77-1</c:Id></c:Othr></c:Id></c:DbtrAcct></c:RltdPties>
                  <own:Amt Ccy="JPY">1</own:Amt>
                  <c:SplmtryData><c:Envlp><c:Amt Ccy="JPY">2</c:Amt></c:Envlp></c:SplmtryData>
                </c:TxDtls></c:NtryDtls>
              </c:Ntry>
              <c:Ntry>
                <c:Amt Ccy="JPY">5000</c:Amt><c:CdtDbtInd>DBIT</c:CdtDbtInd><c:Sts><c:Cd>PDNG</c:Cd></c:Sts>
              </c:Ntry>
              <c:Ntry>
                <c:Amt Ccy="JPY">1000</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:Sts><c:Cd>BOOK</c:Cd></c:Sts><c:BookgDt><c:Dt>2026-02-02</c:Dt></c:BookgDt>
                <c:AcctSvcrRef>R2</c:AcctSvcrRef>
                <c:NtryDtls>
                  <c:TxDtls><c:Amt Ccy="JPY">1200</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd></c:TxDtls>
                  <c:TxDtls><c:Amt Ccy="JPY">200</c:Amt><c:CdtDbtInd>DBIT</c:CdtDbtInd></c:TxDtls>
                </c:NtryDtls>
              </c:Ntry>
            </c:Stmt>
            <c:Stmt>
              <c:Id>K</c:Id>
              <c:Acct><c:Id><c:Othr><c:Id>1234567</c:Id></c:Othr></c:Id></c:Acct>
              <c:Bal><c:Tp><c:CdOrPrtry><c:Cd>OPBD</c:Cd></c:CdOrPrtry></c:Tp><c:Amt Ccy="KWD">0.000</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd></c:Bal>
              <c:Bal><c:Tp><c:CdOrPrtry><c:Cd>CLBD</c:Cd></c:CdOrPrtry></c:Tp><c:Amt Ccy="KWD">1.235</c:Amt><c:CdtDbtInd>DBIT</c:CdtDbtInd></c:Bal>
              <c:Ntry>
                <c:Amt Ccy="KWD">1.235</c:Amt><c:CdtDbtInd>DBIT</c:CdtDbtInd><c:Sts><c:Cd>BOOK</c:Cd></c:Sts><c:BookgDt><c:Dt>2026-02-03</c:Dt></c:BookgDt>
                <c:NtryDtls><c:TxDtls><c:RltdPties><c:Cdtr><c:Pty><c:Nm>Gulf</c:Nm></c:Pty></c:Cdtr></c:RltdPties></c:TxDtls></c:NtryDtls>
              </c:Ntry>
            </c:Stmt>
          </c:BkToCstmrStmt>
        </c:Document>
        """;
}
