"""Small responses in the documented formats of the sources, about works that do not exist."""

from typing import Any

DATACITE: dict[str, Any] = {
    "data": {
        "id": "10.48550/arxiv.2401.00001",
        "type": "dois",
        "attributes": {
            "doi": "10.48550/arxiv.2401.00001",
            "creators": [
                {"name": "Abel, Ann", "nameType": "Personal", "givenName": "Ann", "familyName": "Abel"},
                {"name": "van der Berg, Bo", "nameType": "Personal", "givenName": "Bo", "familyName": "van der Berg"},
                {"name": "Quiet Bots Consortium", "nameType": "Organizational"},
                {"name": "Made-up Lab"},
            ],
            "titles": [
                {"title": "Ein stiller Bot", "titleType": "TranslatedTitle", "lang": "de"},
                {"title": "QuietBot &amp; Friends: Listening at 10<sup>2</sup> Hz."},
                {"title": "A Made-up Study", "titleType": "Subtitle"},
            ],
            "publisher": "arXiv",
            "container": {},
            "publicationYear": 2024,
            "dates": [
                {"date": "2024-01-02T10:00:00Z", "dateType": "Submitted"},
                {"date": "2025-02-01", "dateType": "Updated"},
            ],
            "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article"},
            "relatedIdentifiers": [
                {"relatedIdentifier": "10.1000/quiet.1", "relatedIdentifierType": "DOI", "relationType": "IsVersionOf"},
                {"relatedIdentifier": "10.1000/other", "relatedIdentifierType": "DOI", "relationType": "References"},
            ],
            "url": "https://arxiv.org/abs/2401.00001",
        },
    }
}

DATACITE_DATASET: dict[str, Any] = {
    "data": [
        {
            "attributes": {
                "doi": "10.5281/ZENODO.1",
                "creators": [{"name": "Zhang, Jie"}],
                "titles": [{"title": "Quiet dialogues"}],
                "publisher": {"name": "Zenodo"},
                "publicationYear": "2023",
                "types": {"resourceTypeGeneral": "Dataset"},
                "container": {"title": "Data in Made-up", "firstPage": "101", "lastPage": "9", "volume": 7},
            }
        }
    ]
}

OPENALEX: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/quiet.1",
    "title": "QuietBot: A <i>Made-up</i> Study of <mml:math><mml:mi>n</mml:mi></mml:math> Listeners",
    "publication_year": 2024,
    "publication_date": "2024-05-17",
    "type": "article",
    "ids": {
        "doi": "https://doi.org/10.1000/quiet.1",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/123",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/456",
    },
    "authorships": [
        {"author": {"display_name": "A. Abel"}, "raw_author_name": "Abel, Ann"},
        {"author": {"display_name": "Jie Zhang"}, "raw_author_name": None},
        {"author": None, "raw_author_name": ""},
    ],
    "biblio": {"volume": "3", "issue": None, "first_page": "12", "last_page": "34"},
    "primary_location": {
        "source": {
            "display_name": "Journal of Made-up Health",
            "type": "journal",
            "host_organization_name": "Made Press",
        }
    },
    "locations": [
        {"landing_page_url": "https://doi.org/10.1000/quiet.1"},
        {"landing_page_url": "http://arxiv.org/abs/2401.00001"},
        {"landing_page_url": None},
    ],
    "is_retracted": True,
    "is_paratext": False,
}

SEMANTIC_SCHOLAR: dict[str, Any] = {
    "paperId": "0a1b",
    "externalIds": {
        "DOI": "10.18653/v1/2024.quiet-long.1",
        "ArXiv": "2401.00001",
        "ACL": "2024.quiet-long.1",
        "PubMedCentral": "456",
        "DBLP": "conf/quiet/AbelZ24",
        "CorpusId": 99,
    },
    "title": "QuietBot: A Made-up Study",
    "authors": [{"authorId": "1", "name": "A. Abel"}, {"authorId": None, "name": "Jie Zhang"}],
    "venue": "Annual Meeting of the Made-up Association",
    "year": 2024,
    "publicationDate": "2024-05-17",
    "publicationTypes": ["JournalArticle", "Conference"],
    "journal": {"name": "ArXiv", "volume": "abs/2401.00001", "pages": "\n        12-34\n      "},
    "publicationVenue": {"name": "Annual Meeting of the Made-up Association", "type": "conference"},
    "url": "https://www.semanticscholar.org/paper/0a1b",
}

BIBTEX = """@inproceedings{
abel2024quietbot,
title={QuietBot: A Made-up Study},
author={Ann Abel and Jie Zhang},
booktitle={The Twelfth Made-up Conference on Representations},
year={2024},
url={https://openreview.net/forum?id=aBcDeFgHiJ}
}"""

OPENREVIEW: dict[str, Any] = {
    "notes": [
        {
            "id": "aBcDeFgHiJ",
            "forum": "aBcDeFgHiJ",
            "content": {
                "title": {"value": "QuietBot: A Made-up Study"},
                "authors": {"value": ["Ann Abel", "Jie Zhang"]},
                "venue": {"value": "MCR 2024 poster"},
                "venueid": {"value": "MCR.cc/2024/Conference"},
                "_bibtex": {"value": BIBTEX},
            },
            "cdate": 1695000000000,
            "pdate": 1705000000000,
        },
        {
            "id": "zYxWvUtSrQ",
            "content": {
                "title": {"value": "LoudBot: Not Taken"},
                "authors": {"value": [{"fullname": "Ann Abel", "username": "~Ann_Abel1"}]},
                "venue": {"value": "Submitted to MCR 2024"},
                "venueid": {"value": "MCR.cc/2024/Conference/Rejected_Submission"},
            },
            "cdate": 1695000000000,
        },
        {"id": "rEvIeWrEvI", "replyto": "aBcDeFgHiJ", "content": {"title": {"value": "A fine paper"}}},
        {
            "id": "mIrRoRmIrR",
            "content": {
                "title": {"value": "QuietBot"},
                "venue": {"value": "CoRR 2024"},
                "venueid": {"value": "dblp.org/journals/CORR/2024"},
            },
        },
    ],
    "count": 4,
}

OPENREVIEW_1: dict[str, Any] = {
    "notes": [
        {
            "id": "OldNote_1",
            "forum": "OldNote_1",
            "replyto": None,
            "invitation": "MCR.cc/2022/Conference/-/Blind_Submission",
            "content": {
                "title": "OldBot: An Older Study",
                "authors": ["Ann Abel"],
                "venue": "MCR 2022 Oral",
                "venueid": "MCR.cc/2022/Conference",
            },
            "tcdate": 1632000000000,
        }
    ]
}

DBLP: dict[str, Any] = {
    "result": {
        "status": {"@code": "200", "text": "OK"},
        "hits": {
            "@total": "3",
            "@sent": "3",
            "hit": [
                {
                    "@score": "9",
                    "info": {
                        "authors": {
                            "author": [
                                {"@pid": "1/1", "text": "Ann Abel"},
                                {"@pid": "2/2", "text": "Jie Zhang 0003"},
                            ]
                        },
                        "title": "QuietBot: A Made-up Study &amp; More.",
                        "venue": ["MUA (1)", "Made-up Notes"],
                        "pages": "12-34",
                        "year": "2024",
                        "type": "Conference and Workshop Papers",
                        "access": "open",
                        "key": "conf/mua/AbelZ24",
                        "doi": "10.1000/QUIET.1",
                        "ee": "https://doi.org/10.1000/quiet.1",
                        "url": "https://dblp.org/rec/conf/mua/AbelZ24",
                    },
                },
                {
                    "info": {
                        "authors": {"author": {"@pid": "1/1", "text": "Ann Abel"}},
                        "title": "QuietBot: A Made-up Study.",
                        "venue": "CoRR",
                        "volume": "abs/2401.00001",
                        "year": "2024",
                        "type": "Informal and Other Publications",
                        "key": "journals/corr/abs-2401-00001",
                        "doi": "10.48550/ARXIV.2401.00001",
                        "ee": "https://doi.org/10.48550/arXiv.2401.00001",
                    }
                },
                {"info": {"title": "Proceedings of MUA.", "type": "Editorship", "key": "conf/mua/2024"}},
            ],
        },
    }
}

DBLP_RECORD = """<?xml version="1.0" encoding="US-ASCII"?>
<dblp>
<article key="journals/mup/AbelZ24" mdate="2024-06-01" publtype="edited">
<author orcid="0000-0000-0000-0001">Ann &#193;bel</author>
<author pid="2/2">Jie Zhang 0003</author>
<title>Quiet <i>Bots</i>: A Study of H<sub>2</sub>O.</title>
<pages>7:1-7:20</pages>
<year>2024</year>
<volume>8</volume>
<journal>Proc. Made Up Health</journal>
<number>2</number>
<ee type="oa">https://doi.org/10.1000/quiet.2</ee>
<url>db/journals/mup/mup8.html#AbelZ24</url>
</article></dblp>"""

ESEARCH: dict[str, Any] = {
    "header": {"type": "esearch", "version": "0.3"},
    "esearchresult": {"count": "2", "retmax": "2", "retstart": "0", "idlist": ["123", "124"]},
}

PUBMED = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">123</PMID>
<Article PubModel="Print-Electronic">
<Journal><ISSN IssnType="Electronic">1234-5679</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3</Issue>
<PubDate><Year>2024</Year><Month>Mar</Month><Day>05</Day></PubDate></JournalIssue>
<Title>Journal of made-up health.</Title><ISOAbbreviation>J Made Up Health</ISOAbbreviation></Journal>
<ArticleTitle>[Quiet bots: a <i>made-up</i> study].</ArticleTitle>
<Pagination><StartPage>2579</StartPage><MedlinePgn>2579-605</MedlinePgn></Pagination>
<ELocationID EIdType="pii" ValidYN="Y">x</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.1000/quiet.3</ELocationID>
<AuthorList CompleteYN="Y">
<Author ValidYN="Y"><LastName>Abel</LastName><ForeName>Ann F</ForeName><Initials>AF</Initials><Suffix>Jr</Suffix></Author>
<Author ValidYN="Y"><LastName>van der Berg</LastName><Initials>BM</Initials></Author>
<Author ValidYN="N"><LastName>Wrong</LastName><ForeName>Once</ForeName></Author>
<Author ValidYN="Y"><CollectiveName>Quiet Bots Consortium.</CollectiveName></Author>
</AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
<VernacularTitle>Stille Bots.</VernacularTitle></Article>
<CommentsCorrectionsList>
<CommentsCorrections RefType="RetractionIn"><RefSource>J Made Up Health. 2025</RefSource><PMID Version="1">999</PMID></CommentsCorrections>
<CommentsCorrections RefType="UpdateOf"><RefSource>medRxiv</RefSource><PMID Version="1">120</PMID></CommentsCorrections>
<CommentsCorrections RefType="CommentIn"><PMID Version="1">998</PMID></CommentsCorrections>
</CommentsCorrectionsList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">123</ArticleId><ArticleId IdType="pmc">PMC456</ArticleId>
<ArticleId IdType="doi">10.1000/quiet.3</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>124</PMID><Article><Journal><JournalIssue><PubDate>
<MedlineDate>2023 Nov-Dec</MedlineDate></PubDate></JournalIssue><Title>medRxiv : the preprint server for health sciences</Title></Journal>
<ArticleTitle>A preprint?</ArticleTitle><Pagination><MedlinePgn>e7</MedlinePgn></Pagination>
<PublicationTypeList><PublicationType UI="D000076942">Preprint</PublicationType></PublicationTypeList></Article></MedlineCitation>
</PubmedArticle></PubmedArticleSet>"""
