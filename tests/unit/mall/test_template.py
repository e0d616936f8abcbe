from pathlib import Path

from mall.template import FUNCTION, load_template, resources_of

TEXT = """
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Reader:
    Type: AWS::Serverless::Function
    Condition: Wanted
    Properties:
      Role: !GetAtt ReaderRole.Arn
      Name: !Sub ${AWS::StackName}-reader
      Tables: !If [Wanted, [!Ref Table], !Ref AWS::NoValue]
      Domain: !Select [0, !Split [".", !GetAtt Site.Domain.Name]]
"""


def test_short_tags_become_what_cloudformation_makes_of_them(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(TEXT)
    template = load_template(file)
    assert template["Resources"]["Reader"]["Properties"] == {
        "Role": {"Fn::GetAtt": ["ReaderRole", "Arn"]},
        "Name": {"Fn::Sub": "${AWS::StackName}-reader"},
        "Tables": {"Fn::If": ["Wanted", [{"Ref": "Table"}], {"Ref": "AWS::NoValue"}]},
        "Domain": {
            "Fn::Select": [0, {"Fn::Split": [".", {"Fn::GetAtt": ["Site", "Domain.Name"]}]}]
        },
    }
    assert list(resources_of(template, FUNCTION)) == ["Reader"]
